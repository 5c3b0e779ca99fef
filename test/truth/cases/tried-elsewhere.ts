// Rows 5, 6, 8 and 12: the trial ran with other files or settings than those that are judged.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { TrialSettings } from "../../../src/evidence/trial/settings.ts";
import { type Manifest, podSpec, statefulSet, yaml } from "../../fixtures/manifests.ts";
import { called, server as serving } from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { server, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

/** What the trial ran with, or what is judged. */
interface Side {
  readonly objects: readonly Manifest[];
  readonly settings?: TrialSettings;
}

const DEPLOYED = "Design: what is tried is what is deployed.";
const KEY: Manifest = {
  env: [{ name: "COLOUR", valueFrom: { configMapKeyRef: { name: "own", key: "colour" } } }],
  envFrom: [],
};
const MOUNT: Manifest = { volumeMounts: [{ name: "own", mountPath: "/data" }] };
const CONFIG: Manifest = { volumes: [{ name: "own", emptyDir: { sizeLimit: "1Gi" } }] };
const SAME = "The container is given the same.";

export const cases: Cases = [
  settingsFor("a ConfigMap's key, with its value", { COLOUR: "blue" }, KEY, "yes", [
    config({ colour: "blue", more: "x" }),
  ]),
  settingsFor("a ConfigMap's key, with another value", { COLOUR: "blue" }, KEY, "unproven", [
    config({ colour: "red" }),
  ]),
  settingsFor("all of a ConfigMap", { COLOUR: "blue", MODE: "a" }, whole("configMapRef"), "yes", [
    config({ COLOUR: "blue", MODE: "a" }),
  ]),
  settingsFor(
    "a ConfigMap, and more than it has",
    { COLOUR: "blue", MODE: "a" },
    whole("configMapRef"),
    "unproven",
    [config({ COLOUR: "blue" })],
  ),
  settingsFor("a ConfigMap, and less than it has", { COLOUR: "blue" }, whole("configMapRef"), "unproven", [
    config({ COLOUR: "blue", MODE: "a" }),
  ]),
  settingsFor("a Secret, and more than it has", { TOKEN: "x", MODE: "a" }, whole("secretRef"), "unproven", [
    config({ TOKEN: "{{ token }}" }, "Secret", "stringData"),
  ]),
  settingsFor("a Secret's keys", { TOKEN: "x" }, whole("secretRef"), "yes", [
    config({ TOKEN: "{{ token }}" }, "Secret", "stringData"),
  ]),
  split("the same StatefulSet", named("web"), named("web"), "yes", SAME),
  split(
    "a StatefulSet whose pods have another full name",
    named("web"),
    named("other"),
    "unproven",
    `${DEPLOYED} The controller names the pods web-0.SERVICE.`,
  ),
  split(
    "a claim, and a volume of its name that the claim hides",
    named("web", CONFIG, MOUNT),
    claimed(),
    "unproven",
    "Kubernetes' API: a claim of volumeClaimTemplates takes precedence over volumes of the same name.",
  ),
  split("a claim that hides a volume", claimed(), claimed(), "yes", SAME),
  stored("a PersistentVolume that is read-only", disk({ nfs: { readOnly: true } }), "unproven"),
  stored("a PersistentVolume that is mounted read-only", disk({ mountOptions: ["ro"] }), "unproven"),
  stored("a PersistentVolume that can be written to", disk({ nfs: { readOnly: false } }), "yes"),
  stored("the claim once more, to be read only", data({ accessModes: ["ReadOnlyMany"] }), "unproven"),
  stored(
    "a claim of the same name in another namespace",
    data({ accessModes: ["ReadOnlyMany"] }, "x"),
    "yes",
  ),
  calling("another port than it opens", [{ port: 5433, targetPort: 5432 }], "unproven"),
  calling("a port that it opens", [{ port: 5432, targetPort: 5433 }], "yes"),
  split(
    "a StatefulSet whose template names a host, which its controller replaces",
    named("web"),
    named("web", { hostname: "a", subdomain: "b" }),
    "yes",
    "Kubernetes sets hostname and subdomain of the pods itself.",
  ),
];

function config(data: object, kind = "ConfigMap", field = "data"): Manifest {
  return { apiVersion: "v1", kind, metadata: { name: "own", namespace: "aides" }, [field]: data };
}

function whole(source: string): Manifest {
  return { env: [], envFrom: [{ [source]: { name: "own" } }] };
}

/** Settings that gave what an object elsewhere would give, and the object that now lies in the folder. */
function settingsFor(
  name: string,
  env: Readonly<Record<string, string>>,
  container: Manifest,
  answer: Answer,
  objects: readonly Manifest[],
): Case {
  const workload = web(container);
  return split(
    `settings that gave ${name}`,
    { objects: [workload], settings: { env } },
    { objects: [workload, ...objects] },
    answer,
    answer === "yes" ? SAME : DEPLOYED,
  );
}

function named(
  serviceName: string,
  ofPod: Manifest = {},
  ofContainer: Manifest = {},
  volumeClaimTemplates: readonly Manifest[] = [],
): Side {
  const spec = { serviceName, volumeClaimTemplates };
  return { objects: [statefulSet({ spec, pod: podSpec({ containers: [server(ofContainer)], ...ofPod }) })] };
}

/** A StatefulSet with a volume and a claim of one name. */
function claimed(): Side {
  const templates = [{ metadata: { name: "own" }, spec: { accessModes: ["ReadWriteOnce"] } }];
  return named("web", CONFIG, MOUNT, templates);
}

/** A Deployment with a claim for many nodes, tried alone and judged beside another object. */
function stored(name: string, object: Manifest, answer: Answer): Case {
  const volumes = [{ name: "own", persistentVolumeClaim: { claimName: "data" } }];
  const objects = [web(MOUNT, { volumes }), data({ accessModes: ["ReadWriteMany"], volumeName: "disk" })];
  const why = answer === "yes" ? SAME : "The application cannot write to its volume, or nobody knows.";
  return split(`beside ${name}`, { objects }, { objects: [...objects, object] }, answer, why);
}

function data(spec: Manifest, namespace = "aides"): Manifest {
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data", namespace }, spec };
}

function disk(spec: Manifest): Manifest {
  return { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "disk" }, spec };
}

/** An application that called the dependency `db` at 5432, beside a Service of this name. */
function calling(name: string, ports: readonly Manifest[], answer: Answer): Case {
  const db = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "db", namespace: "aides" },
    spec: { selector: { app: "db" }, ports },
  };
  const side = { objects: [web({}), db] };
  const why = "In the cluster, the Service's ports are all that its name answers at.";
  const one = split(`a dependency called at ${name} of its Service`, side, side, answer, why);
  const trial = { "read-only": serving({ more: [called("10.96.1.1", 5432, "db")] }) };
  return { ...one, given: { ...one.given, trial } };
}

function split(name: string, tried: Side, judged: Side, answer: Answer, why: string): Case {
  const filesOf = ({ objects }: Side) => ({
    "deploy/app.yaml": objects.map((one) => yaml(one)).join("---\n"),
  });
  return {
    name: `tried elsewhere: ${name}`,
    given: {
      ...withImage({ files: filesOf(judged) }, imageOf({})),
      trial: {},
      tried: {
        files: filesOf(tried),
        ...(tried.settings === undefined ? {} : { trialSettings: tried.settings }),
      },
    },
    expect: { "stdout-logs": answer, "bind-all": answer, stateless: answer },
    ...(answer === "yes" ? { trap: true as const } : {}),
    why,
  };
}
