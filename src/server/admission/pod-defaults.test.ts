import { expect, test } from "vitest";
import { PINNED, podObject } from "../../../test/fixtures/admission-request.ts";
import { withDefaults } from "../../../test/kube/defaults.ts";
import type { Fields } from "../../json/fields.ts";
import { withoutPodDefaults } from "./pod-defaults.ts";
import { startDigest } from "./subject.ts";

const container = { name: "web", image: PINNED, command: ["web"], args: ["-v"] };
const judged: Fields = { containers: [container] };

const startOf = (spec: Fields) => startDigest(podObject(spec));
const withContainer = (more: Fields): Fields => ({ containers: [{ ...container, ...more }] });
const withVolume = (volume: Fields): Fields => ({ ...judged, volumes: [{ name: "v", ...volume }] });

const policies = (...names: readonly string[]) =>
  names.map((resourceName) => ({ resourceName, restartPolicy: "NotRequired" }));

/** A field as it was judged, and as another API server has it in the stored pod. */
test.each<[string, Fields, Fields]>([
  ["resizePolicy", judged, withContainer({ resizePolicy: policies("cpu", "memory") })],
  ["resizePolicy of one resource", judged, withContainer({ resizePolicy: policies("memory") })],
  ["procMount, alone", judged, withContainer({ securityContext: { procMount: "Default" } })],
  [
    "procMount, beside judged fields",
    withContainer({ securityContext: { privileged: false } }),
    withContainer({ securityContext: { privileged: false, procMount: "Default" } }),
  ],
  ["supplementalGroupsPolicy", judged, { ...judged, securityContext: { supplementalGroupsPolicy: "Merge" } }],
  ["seLinuxChangePolicy", judged, { ...judged, securityContext: { seLinuxChangePolicy: "MountOption" } }],
  ["hostUsers", judged, { ...judged, hostUsers: true }],
  [
    "enableServiceLinks, preemptionPolicy",
    judged,
    { ...judged, enableServiceLinks: true, preemptionPolicy: "PreemptLowerPriority" },
  ],
  ["terminationMessagePolicy", judged, withContainer({ terminationMessagePolicy: "File", resources: {} })],
  [
    "protocol",
    withContainer({ ports: [{ containerPort: 1 }] }),
    withContainer({ ports: [{ containerPort: 1, protocol: "TCP" }] }),
  ],
  [
    "numbers and service of a probe",
    withContainer({ startupProbe: { grpc: { port: 1 } } }),
    withContainer({
      startupProbe: { grpc: { port: 1, service: "" }, periodSeconds: 10, failureThreshold: 3 },
    }),
  ],
  [
    "scheme of a hook",
    withContainer({ lifecycle: { preStop: { httpGet: { port: 1, path: "/" } } } }),
    withContainer({ lifecycle: { preStop: { httpGet: { port: 1, scheme: "HTTP" } } } }),
  ],
  [
    "mode of files",
    withVolume({ configMap: { name: "c" } }),
    withVolume({ configMap: { name: "c", defaultMode: 420 } }),
  ],
  [
    "end of a token",
    withVolume({ projected: { sources: [{ serviceAccountToken: { path: "t" } }] } }),
    withVolume({
      projected: {
        defaultMode: 420,
        sources: [{ serviceAccountToken: { path: "t", expirationSeconds: 3600 } }],
      },
    }),
  ],
  [
    "volumeMode of a claim",
    withVolume({ ephemeral: { volumeClaimTemplate: { spec: {} } } }),
    withVolume({
      ephemeral: {
        volumeClaimTemplate: { metadata: { creationTimestamp: null }, spec: { volumeMode: "Filesystem" } },
      },
    }),
  ],
])("a pod into which an API server fills %s starts what was judged", (_, before, after) => {
  expect(startOf(after)).toBe(startOf(before));
});

test("what an API server fills into a manifest is what a pod of the manifest has without it", () => {
  const manifest = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: judged };
  const { spec } = withDefaults(manifest) as { readonly spec?: Fields };
  expect(Object.keys(spec ?? {}).length).toBeGreaterThan(5);
  const [filled] = (spec?.["containers"] ?? []) as readonly Fields[];
  const { imagePullPolicy } = filled ?? {};
  // A default that depends on the tag is compared as it stands.
  expect(withoutPodDefaults(spec ?? {})).toEqual(withContainer({ imagePullPolicy }));
});

test.each<[string, Fields]>([
  ["another image", withContainer({ image: PINNED.replace("web", "other") })],
  ["no command", withContainer({ command: undefined })],
  ["empty arguments", withContainer({ args: [] })],
  ["an empty environment", withContainer({ env: [] })],
  ["a variable", withContainer({ env: [{ name: "LD_PRELOAD", value: "" }] })],
  ["another working directory", withContainer({ workingDir: "/" })],
  ["privileges that are stated to be none", withContainer({ securityContext: { privileged: false } })],
  ["an unmasked /proc", withContainer({ securityContext: { procMount: "Unmasked" } })],
  [
    "a restart at a resize",
    withContainer({ resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] }),
  ],
  ["another protocol", withContainer({ ports: [{ protocol: "UDP" }] })],
  ["the host's users", { ...judged, hostUsers: false }],
  ["the host's network", { ...judged, hostNetwork: true }],
  ["another scheduler", { ...judged, schedulerName: "own" }],
  ["a field that nobody knows", { ...judged, constructor: {} }],
  ["a list in the place of an object", { ...judged, securityContext: [] }],
  ["a text in the place of a list", { ...judged, volumes: "none" }],
])("%s is another start", (_, changed) => {
  expect(startOf(changed)).not.toBe(startOf(judged));
});

test("a default is no default of another field, nor at another place", () => {
  for (const changes of [{ dnsPolicy: "Always" }, { protocol: "TCP" }, { periodSeconds: 10 }]) {
    expect(withoutPodDefaults({ ...judged, ...changes })).toEqual({ ...judged, ...changes });
  }
  expect(withoutPodDefaults({ volumes: [["a"], { name: "v" }] })).toEqual({
    volumes: [["a"], { name: "v" }],
  });
});
