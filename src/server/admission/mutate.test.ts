import { expect, test } from "vitest";
import {
  PINNED,
  podObject,
  podRequest,
  reviewPorts,
  reviewSettings,
} from "../../../test/fixtures/admission-request.ts";
import type { Fields } from "../../json/fields.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { mutate } from "./mutate.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const EVERYWHERE = podObject({
  initContainers: [{ name: "first", image: "r.example/init:1" }],
  containers: [
    { name: "web", image: "r.example/web" },
    { name: "pinned", image: PINNED },
    { name: "proxy", image: "r.example/mesh/proxy:1" },
  ],
  ephemeralContainers: [{ name: "debug", image: "busybox" }],
  volumes: [
    { name: "tmp", emptyDir: {} },
    { name: "models", image: { reference: "r.example/models:2", pullPolicy: "Always" } },
  ],
});

async function patched(
  changes: Partial<AdmissionRequest>,
  admission: AdmissionSettings = { pinTags: true },
  digest = true,
) {
  const { ports } = reviewPorts({ kind: "under-examination" });
  let verified = 0;
  const asked = { request: podRequest(changes), until: 0, verify: () => void (verified += 1) };
  const resolving = digest ? ports : { digestOf: async () => undefined };
  const { response } = await mutate(asked, reviewSettings(admission), resolving);
  expect([response.allowed, response.uid]).toEqual([true, "u1"]);
  const patch =
    response.patch === undefined ? [] : JSON.parse(Buffer.from(response.patch, "base64").toString());
  return { patch: patch as { path: string; value: string }[], response, verified };
}

test("pins every image that the pod can run code from", async () => {
  const { patch, response, verified } = await patched({ object: EVERYWHERE });
  expect(patch).toEqual(
    [
      ["/spec/initContainers/0/image", "r.example/init:1"],
      ["/spec/containers/0/image", "r.example/web"],
      ["/spec/containers/2/image", "r.example/mesh/proxy:1"],
      ["/spec/ephemeralContainers/0/image", "busybox"],
      ["/spec/volumes/1/image/reference", "r.example/models:2"],
    ].map(([path, image]) => ({ op: "replace", path, value: `${image}@${DIGEST}` })),
  );
  expect([response.patchType, response.warnings?.length, verified]).toEqual(["JSONPatch", 5, 1]);
});

test("resolves no tag of a registry that the policy does not list", async () => {
  const { patch, verified } = await patched(
    { object: EVERYWHERE },
    { pinTags: true, registries: ["docker.io"] },
  );
  expect(patch.map(({ path }) => path)).toEqual(["/spec/ephemeralContainers/0/image"]);
  expect(verified).toBe(1);
});

const MESH = { container: "proxy", repository: "r.example/mesh/proxy", reason: "mesh" };
const TAGGED = podObject({ containers: [{ name: "proxy", image: "r.example/mesh/proxy:1" }] });
const deployment: Fields = { apiVersion: "apps/v1", kind: "Deployment", spec: { template: TAGGED } };

test.each<[string, Partial<AdmissionRequest>, AdmissionSettings, number]>([
  ["by default", { object: TAGGED }, {}, 0],
  ["a container that keeps its tag", { object: TAGGED }, { pinTags: true, movingTags: [MESH] }, 0],
  [
    "one of its name with another image",
    { object: TAGGED },
    { pinTags: true, movingTags: [{ ...MESH, repository: "r.example/x/y" }] },
    1,
  ],
  ["an exempt namespace", { object: TAGGED, namespace: "kube-system" }, { pinTags: true }, 0],
  [
    "a Deployment, which GitOps would change back",
    { group: "apps", resource: "deployments", object: deployment },
    { pinTags: true },
    0,
  ],
  [
    "an image that is no reference",
    { object: podObject({ containers: [{ name: "a", image: "Bad Image" }] }) },
    { pinTags: true },
    0,
  ],
  [
    "a running pod that is labelled",
    { operation: "UPDATE", object: { ...TAGGED, metadata: { labels: { a: "b" } } }, oldObject: TAGGED },
    { pinTags: true },
    0,
  ],
  [
    "a debugger, not the containers that run",
    {
      operation: "UPDATE",
      subresource: "ephemeralcontainers",
      object: podObject({
        containers: [{ name: "proxy", image: "r.example/mesh/proxy:1" }],
        ephemeralContainers: [{ name: "d", image: "busybox" }],
      }),
      oldObject: TAGGED,
    },
    { pinTags: true },
    1,
  ],
  [
    "an object that is no pod",
    { subresource: "x", object: { apiVersion: "v2", kind: "X" } },
    { pinTags: true },
    0,
  ],
])("%s", async (_, changes, admission, count) => {
  expect((await patched(changes, admission)).patch).toHaveLength(count);
});

test("a tag that cannot be resolved stays, for the validating webhook to refuse", async () => {
  const { patch, response } = await patched({ object: TAGGED }, { pinTags: true }, false);
  expect([patch, response]).toEqual([[], { uid: "u1", allowed: true }]);
});
