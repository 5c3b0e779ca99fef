// Webhooks of the fake API server, as kubectl shows them: what the real one does, by its sources and its own words.

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resourceOf } from "./admission.ts";
import { USED_SOCKETS } from "./call-webhook.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { Recorder } from "./recorder.ts";
import type { KubeObject } from "./storage.ts";

let cluster: Cluster;
let recorder: Recorder;

beforeAll(async () => {
  cluster = await startCluster();
  recorder = await Recorder.start(cluster.server.certificates.webhook);
  cluster.put("namespaces", namespace("team", { zone: "apps" }));
});
afterAll(async () => {
  await recorder.stop();
  await cluster.stop();
});
beforeEach(() => {
  recorder.answer = () => ({ allowed: true });
  recorder.bodies.length = 0;
  recorder.paths.length = 0;
  for (const plural of ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"]) {
    const resource = resourceOf(plural);
    for (const one of cluster.server.storage.list(resource, "")) cluster.server.storage.remove(resource, one);
  }
});

const namespace = (name: string, labels: Record<string, string>): KubeObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
let made = 0;
const pod = (labels: Record<string, string> = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: `p-${(made += 1)}`, labels },
  spec: { containers: [{ name: "web", image: "r.example/web:1" }] },
});

/** Stores a configuration with one webhook. */
function configure(
  changes: object = {},
  { name = "recorder", plural = "validatingwebhookconfigurations" } = {},
): void {
  const configuration = recorder.configuration(cluster.server.certificates.ca, changes);
  cluster.put(plural, { ...configuration, metadata: { name } });
}

const refuse = (status?: object) => () => ({ allowed: false, ...(status === undefined ? {} : { status }) });

test.each([
  [
    "a reason",
    { message: "no root", reason: "Forbidden", code: 403 },
    'Error from server (Forbidden): error when creating "STDIN": admission webhook "pods.recorder.example" denied the request: no root\n',
  ],
  [
    "a message alone",
    { message: "no root" },
    'Error from server: error when creating "STDIN": admission webhook "pods.recorder.example" denied the request: no root\n',
  ],
  [
    "nothing",
    undefined,
    'Error from server: error when creating "STDIN": admission webhook "pods.recorder.example" denied the request without explanation\n',
  ],
])("a refusal with %s", async (_, status, stderr) => {
  configure();
  recorder.answer = refuse(status);
  expect(await cluster.apply(pod())).toEqual({ code: 1, stdout: "", stderr });
});

test("of two refusals the first in the order of names is shown", async () => {
  configure({ name: "second.example" }, { name: "b" });
  configure({ name: "first.example" }, { name: "a" });
  recorder.answer = refuse({ message: "no" });
  expect((await cluster.apply(pod())).stderr).toContain('admission webhook "first.example" denied');
  expect(recorder.bodies).toHaveLength(2);
});

test("warnings are shown, audit annotations kept under the webhook's name", async () => {
  configure();
  recorder.answer = () => ({
    allowed: true,
    warnings: ['says "é"'],
    auditAnnotations: { decision: "warned" },
  });
  expect((await cluster.apply(pod())).stderr).toBe('Warning: says "é"\n');
  expect(cluster.server.audit.at(-1)).toEqual({ "pods.recorder.example/decision": "warned" });
});

test.each<[string, object, number]>([
  [
    "rules of another resource",
    { rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["services"] }] },
    0,
  ],
  [
    "rules of a subresource",
    { rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["pods/status"] }] },
    0,
  ],
  [
    "rules of another operation",
    { rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["UPDATE"], resources: ["pods"] }] },
    0,
  ],
  [
    "rules of another version",
    { rules: [{ apiGroups: [""], apiVersions: ["v2"], operations: ["*"], resources: ["pods"] }] },
    0,
  ],
  [
    "rules for everything",
    { rules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*/*"] }] },
    1,
  ],
  [
    "a scope",
    {
      rules: [
        { apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"], scope: "Cluster" },
      ],
    },
    0,
  ],
  [
    "a namespace that is left out by name",
    {
      namespaceSelector: {
        matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["team"] }],
      },
    },
    0,
  ],
  ["a label of the namespace", { namespaceSelector: { matchLabels: { zone: "apps" } } }, 1],
  ["a label of the object", { objectSelector: { matchLabels: { app: "other" } } }, 0],
  [
    "a condition that is met",
    {
      matchConditions: [
        {
          name: "a",
          expression: 'request.namespace != "kube-system" && object.metadata.name.startsWith("p-")',
        },
      ],
    },
    1,
  ],
  [
    "a condition that is not",
    { matchConditions: [{ name: "a", expression: 'request.userInfo.username != "admin"' }] },
    0,
  ],
])("by %s", async (_, changes, calls) => {
  configure(changes);
  expect((await cluster.apply(pod(), "-n", "team")).code).toBe(0);
  expect(recorder.bodies).toHaveLength(calls);
});

test("a webhook that is not reached refuses, unless its failures are ignored", async () => {
  const clientConfig = { url: "https://127.0.0.1:1/x" };
  configure({ clientConfig });
  const { stderr } = await cluster.apply(pod());
  expect(stderr).toContain(
    'Error from server (InternalError): error when creating "STDIN": Internal error occurred: failed calling webhook "pods.recorder.example": failed to call webhook: Post "https://127.0.0.1:1/x?timeout=10s"',
  );
  configure({ clientConfig, failurePolicy: "Ignore" });
  expect((await cluster.apply(pod())).code).toBe(0);
});

test("a webhook has its seconds, which its address tells it", async () => {
  configure({ timeoutSeconds: 1 });
  recorder.answer = () => new Promise(() => {});
  expect((await cluster.apply(pod())).stderr).toContain("context deadline exceeded");
  expect(recorder.paths).toEqual(["/hook?timeout=1s"]);
});

test("an answer to another request is a failure, and so is a certificate of another authority", async () => {
  configure();
  recorder.answer = () => ({ allowed: true, uid: "other" });
  expect((await cluster.apply(pod())).stderr).toContain('got "other"');
  configure({ clientConfig: { url: recorder.url } });
  expect((await cluster.apply(pod())).stderr).toContain("failed to call webhook");
});

test("a dry run calls only webhooks without side effects on it", async () => {
  configure({ sideEffects: "Some" });
  const dry = await cluster.apply(pod(), "--dry-run=server");
  expect(dry.stderr).toContain(
    '(BadRequest): error when creating "STDIN": admission webhook "pods.recorder.example" does not support dry run',
  );
  configure({ sideEffects: "NoneOnDryRun" });
  expect((await cluster.apply(pod(), "--dry-run=server")).code).toBe(0);
  expect(recorder.bodies).toMatchObject([{ request: { dryRun: true } }]);
});

test("a mutating webhook changes what is stored, and what later webhooks see", async () => {
  configure({}, { plural: "mutatingwebhookconfigurations" });
  configure({ name: "later.example" });
  const patch = [{ op: "replace", path: "/spec/containers/0/image", value: "r.example/web@sha256:1" }];
  recorder.answer = () => ({
    allowed: true,
    patchType: "JSONPatch",
    patch: Buffer.from(JSON.stringify(patch)).toString("base64"),
  });
  const object = pod();
  await cluster.apply(object);
  const { stdout } = await cluster.kubectl(
    "",
    "get",
    "pod",
    object.metadata.name,
    "-o",
    "jsonpath={.spec.containers[0].image}",
  );
  expect(stdout).toBe("r.example/web@sha256:1");
  const seen = recorder.bodies.map((body) =>
    JSON.stringify(body).includes('"image":"r.example/web@sha256:1"'),
  );
  expect(seen).toEqual([false, true]);
});

test("connections are kept", async () => {
  configure();
  USED_SOCKETS.clear();
  for (let count = 0; count < 3; count++) await cluster.apply(pod());
  expect([recorder.bodies.length, USED_SOCKETS.size]).toEqual([3, 1]);
});
