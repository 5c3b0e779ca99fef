// The watcher against the fake API server: no way into the cluster without a judgement, and no other image than the
// admitted one, stays unseen.

import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Fields } from "../../src/json/fields.ts";
import { mutatingAdmissionPolicy } from "../../src/rules/manifest/admission/mutating-admission-policy.ts";
import { LABEL_GUARD, labelGuard } from "../../src/server/kube/label-guard.ts";
import type { Decision } from "../../src/server/ports.ts";
import { EventWriter } from "../../src/server/watch/events.ts";
import { viewNamespaces } from "../../src/server/watch/namespace-view.ts";
import { writeRefusal } from "../../src/server/watch/refusals.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { decision } from "../fixtures/decisions.ts";
import { resourceOf } from "./admission.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import type { KubeObject } from "./storage.ts";
import { configOf, digestOf, startWatching, TIMES, type Watching } from "./watching.ts";

let cluster: Cluster;
let watching: Watching;
const A = digestOf("a");
const C = digestOf("c");
const E = digestOf("e");
const APP = `registry.example/team/app:1@${A}`;

beforeAll(async () => {
  cluster = await startCluster();
  for (const name of ["team", "outside"])
    cluster.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  watching = await startWatching(cluster);
});
afterAll(async () => {
  await watching.stop();
  await cluster.stop();
});

const eventually = { timeout: DEADLINE_MS, interval: 50 };

/** Creates a pod through the API, and so through the webhook, and has a node run it. */
async function running(
  name: string,
  imageId: string,
  { image = APP, namespace = "team", spec = {}, owner = undefined as object | undefined } = {},
): Promise<void> {
  const ownerReferences = owner === undefined ? [] : [owner];
  await watching.client.send({
    method: "POST",
    path: `/api/v1/namespaces/${namespace}/pods`,
    body: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace, ownerReferences, labels: { app: "app" } },
      spec: { containers: [{ name: "app", image }], ...spec },
    },
  });
  setStatus(name, { containerStatuses: [{ name: "app", imageID: imageId }] }, namespace);
}

function podOf(name: string, namespace = "team"): KubeObject {
  const found = cluster.server.storage.get(resourceOf("pods"), namespace, name);
  if (found === undefined) throw new Error(`no pod ${name}`);
  return found;
}

/** As a scheduler and a kubelet do: with a node, annotations of the network and the status. */
function setStatus(name: string, status: object, namespace = "team"): void {
  const pod = podOf(name, namespace);
  cluster.put("pods", {
    ...pod,
    metadata: { ...pod.metadata, annotations: { "cni.example/ip": "10.0.0.1" }, labels: { app: "other" } },
    spec: { ...(pod["spec"] as object), nodeName: "node-1" },
    status: { ...(pod["status"] as object), phase: "Running", ...status },
  });
}

/** Reasons for which a pod was reported, once its last state was compared. */
const reasonsOf = (name: string): readonly string[] =>
  watching.reported.filter((one) => one.name === name).map(({ reason }) => reason);

/** Entries of the watcher about a pod in the audit log. */
const recordedOf = (name: string): readonly Decision[] =>
  watching.recorded.filter((one) => one.name === name && one.kind === "reported");

/** Waits until the pod's findings are in the store. */
async function findings(name: string, expected: readonly string[]): Promise<void> {
  await expect.poll(() => watching.seen.get(name)?.findings, eventually).toEqual(expected);
}

async function eventsOf(name: string, namespace = "team"): Promise<readonly Fields[]> {
  const { items } = await watching.client.send({ path: `/api/v1/namespaces/${namespace}/events` });
  return (items as readonly Fields[]).filter((one) => (one["involvedObject"] as Fields)["name"] === name);
}

test.each([
  ["its manifest", `registry.example/team/app@${A}`],
  ["its config", configOf(A)],
  ["another repository's name for its manifest", `docker-pullable://mirror.example/x/app@${A}`],
])("a pod that runs what was admitted, named by %s, is not reported", async (by, imageId) => {
  const name = `good-${by.replace(/[^a-z]+/g, "-")}`;
  await running(name, imageId);
  await findings(name, []);
  expect(watching.seen.get(name)).toMatchObject({
    workload: { kind: "Pod", name },
    node: "node-1",
    digests: [A],
  });
  expect(reasonsOf(name)).toEqual([]);
});

test("a pod to which a MutatingAdmissionPolicy added fields is the admitted one, and is not reported", async () => {
  const [policy, binding] = mutatingAdmissionPolicy([]) as unknown as readonly KubeObject[];
  for (const [plural, object] of [
    ["mutatingadmissionpolicies", policy],
    ["mutatingadmissionpolicybindings", binding],
  ] as const) {
    if (object === undefined) continue;
    cluster.put(plural, object);
    onTestFinished(() => cluster.server.storage.remove(resourceOf(plural), object));
  }
  await running("completed", configOf(A));
  await findings("completed", []);
  expect(podOf("completed")["spec"]).toMatchObject({
    containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } }],
  });
  expect(reasonsOf("completed")).toEqual([]);
});

test("an image that another judgement knows is critical, with an event on the Deployment", async () => {
  await running("other", C, { image: `registry.example/team/other:1@${C}` });
  const owner = (kind: string, name: string, uid: string) => ({
    apiVersion: "apps/v1",
    kind,
    name,
    uid,
    controller: true,
  });
  const replicaSet = { name: "portal-1", namespace: "team", uid: "rs-1" };
  cluster.put("replicasets", {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      ...replicaSet,
      ownerReferences: [owner("Deployment", "portal", "d-1")],
    } as KubeObject["metadata"],
  });
  await running("portal-1-x", `registry.example/team/app@${C}`, {
    owner: owner("ReplicaSet", "portal-1", "rs-1"),
  });
  await findings("portal-1-x", ["image-differs"]);
  expect(watching.seen.get("portal-1-x")?.workload).toMatchObject({ kind: "Deployment", name: "portal" });
  expect(watching.reported.find(({ name }) => name === "portal-1-x")).toMatchObject({
    gravity: "critical",
    owner: "Deployment/portal",
    container: "app",
    reference: APP,
  });
  const events = async () =>
    (await eventsOf("portal")).map(({ reason, type, count }) => [type, reason, count]);
  await expect.poll(events, eventually).toEqual([["Warning", "DouaneImageDiffers", 1]]);
  const { stdout } = await cluster.kubectl("", "get", "events", "-n", "team", "-o", "name");
  expect(stdout).toContain("event/portal.");
});

test("an unknown imageID is looked up in the admitted repository: the same image, another, or none", async () => {
  const [same, differs, none] = [digestOf("1"), digestOf("2"), digestOf("3")];
  watching.registry.set(`registry.example/team/app@${same}`, { manifest: A, config: configOf(A) });
  watching.registry.set(`registry.example/team/app@${differs}`, { manifest: differs, config: digestOf("4") });
  watching.registry.set(`evil.example/team/app@${none}`, { manifest: A, config: configOf(A) });
  await running("index", `registry.example/team/app@${same}`);
  await running("pulled-other", `registry.example/team/app@${differs}`);
  await running("nowhere", `evil.example/team/app@${none}`);
  await running("no-digest", "app:1");
  await findings("index", []);
  await findings("pulled-other", ["image-differs"]);
  await findings("nowhere", ["image-unresolved"]);
  await findings("no-digest", ["image-unresolved"]);
  expect(["index", "pulled-other"].map(reasonsOf)).toEqual([[], ["image-differs"]]);
});

test("a tag that moved after the verdict is critical; what was admitted by it before stays admitted", async () => {
  const image = "registry.example/mesh/proxy:1";
  const spec = { containers: [{ name: "proxy", image }] };
  const statuses = (imageID: string) => ({ containerStatuses: [{ name: "proxy", imageID }] });
  watching.tags.set(image, C);
  await running("proxy-1", "", { spec });
  setStatus("proxy-1", statuses(`registry.example/mesh/proxy@${C}`));
  await findings("proxy-1", []);
  watching.tags.set(image, E);
  await running("proxy-2", "", { spec });
  setStatus("proxy-2", statuses(`registry.example/mesh/proxy@${E}`));
  await findings("proxy-2", []);
  const late = digestOf("5");
  watching.registry.set(`registry.example/mesh/proxy@${late}`, { manifest: late, config: digestOf("6") });
  setStatus("proxy-2", statuses(`registry.example/mesh/proxy@${late}`));
  await findings("proxy-2", ["image-differs"]);
  // Its tag meant that image when it was admitted.
  setStatus("proxy-1", statuses(`mirror.example/mesh/proxy@${C}`));
  await running("proxy-3", "", { spec });
  await findings("proxy-3", []);
  await findings("proxy-1", []);
  expect(reasonsOf("proxy-1")).toEqual([]);
});

test("a namespace that its owner took out of the webhook's scope does not hide its pods", async () => {
  watching.ask(false);
  await running("bypass", `registry.example/team/evil@${E}`, {
    namespace: "outside",
    image: "registry.example/team/evil:1",
  });
  watching.ask(true);
  await findings("bypass", ["pod-unadmitted"]);
  await expect
    .poll(() => eventsOf("bypass", "outside"), eventually)
    .toMatchObject([
      {
        reason: "DouanePodUnadmitted",
        type: "Warning",
        message: expect.stringContaining("no admission decision"),
      },
    ]);
  expect(recordedOf("bypass")).toMatchObject([
    { kind: "reported", operation: "WATCH", resource: "pods", namespace: "outside", images: [] },
  ]);
});

test("an ephemeral container and a resize are seen if nothing judged them, and not if something did", async () => {
  await running("debugged", A);
  await findings("debugged", []);
  const patch = (subresource: string, spec: object) =>
    watching.client.send({
      method: "PATCH",
      path: `/api/v1/namespaces/team/pods/debugged${subresource}`,
      body: { spec },
    });
  const ephemeral = (digest: string) => [{ name: "debug", image: `registry.example/tools/sh:1@${digest}` }];
  const statuses = (digest: string) => ({
    containerStatuses: [{ name: "app", imageID: A }],
    ephemeralContainerStatuses: [{ name: "debug", imageID: digest }],
  });
  await patch("/ephemeralcontainers", { ephemeralContainers: ephemeral(C) });
  setStatus("debugged", statuses(C));
  await expect.poll(() => watching.seen.get("debugged")?.digests.length, eventually).toBe(2);
  const cpu = (limit: string) => [{ name: "app", image: APP, resources: { limits: { cpu: limit } } }];
  const before = watching.seen.get("debugged")?.start;
  await patch("/resize", { containers: cpu("2") });
  await expect.poll(() => watching.seen.get("debugged")?.start !== before, eventually).toBe(true);
  expect(reasonsOf("debugged")).toEqual([]);
  watching.ask(false);
  await patch("/resize", { containers: cpu("64") });
  await findings("debugged", ["pod-unadmitted"]);
  await running("unjudged", A, { image: APP });
  await patch("/ephemeralcontainers", { ephemeralContainers: ephemeral(E) });
  watching.ask(true);
  expect(reasonsOf("debugged")).toEqual(["pod-unadmitted"]);
  // The pod that equals an admitted one was judged, whoever let it in.
  await findings("unjudged", []);
});

test("an image volume is compared by what its mount's status says was pulled", async () => {
  const volumes = [{ name: "model", image: { reference: `registry.example/ml/model:1@${C}` } }];
  const spec = {
    volumes,
    containers: [{ name: "app", image: APP, volumeMounts: [{ name: "model", mountPath: "/m" }] }],
  };
  const statuses = (imageRef: string) => ({
    containerStatuses: [
      {
        name: "app",
        imageID: A,
        volumeMounts: [{ name: "model", mountPath: "/m", volumeStatus: { image: { imageRef } } }],
      },
    ],
  });
  await running("model", A, { spec });
  setStatus("model", statuses(`registry.example/ml/model@${C}`));
  await findings("model", []);
  setStatus("model", statuses(`registry.example/ml/model@${A}`));
  await findings("model", ["image-differs"]);
  expect(watching.reported.find(({ name }) => name === "model")).toMatchObject({
    container: "volumes/model",
  });
});

test("a static pod is reported as such, never as admitted, and exempt namespaces are left alone", async () => {
  const annotations = { "kubernetes.io/config.mirror": "x" };
  const spec = { nodeName: "node-1", containers: [{ name: "app", image: "registry.example/node/agent:1" }] };
  const pod = (name: string, namespace: string) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, annotations },
    spec,
  });
  cluster.put("pods", pod("agent-node-1", "team"));
  cluster.put("pods", pod("proxy-node-1", "kube-system"));
  await findings("agent-node-1", ["mirror-pod"]);
  await findings("proxy-node-1", []);
  expect(watching.seen.get("agent-node-1")?.key).toBeUndefined();
  expect(recordedOf("agent-node-1")).toMatchObject([
    { kind: "reported", causes: [{ reason: "mirror-pod" }] },
  ]);
  expect(recordedOf("proxy-node-1")).toEqual([]);
});

test("a watch survives the API server's restart, and a version that it has forgotten", async () => {
  await running("before-restart", A);
  await findings("before-restart", []);
  await running("judged-other", C, { image: `registry.example/team/other:1@${C}` });
  await cluster.server.restart(50);
  await running("after-restart", C);
  await findings("after-restart", ["image-differs"]);
  const stopped = cluster.server.restart(200);
  cluster.server.storage.remove(resourceOf("pods"), podOf("before-restart"));
  cluster.put("pods", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "while-away", namespace: "team" },
    spec: { containers: [{ name: "app", image: "registry.example/team/evil:1" }] },
  });
  cluster.server.storage.compact();
  await stopped;
  await findings("while-away", ["pod-unadmitted"]);
  await expect.poll(() => watching.seen.has("before-restart"), eventually).toBe(false);
  expect(reasonsOf("after-restart")).toEqual(["image-differs"]);
  const interrupted = watching.lines.filter(({ message }) => message === "watch interrupted");
  expect(interrupted.length).toBeGreaterThan(0);
  expect(cluster.server.requests.filter((one) => /pods\?limit=/.test(one)).length).toBeGreaterThan(1);
});

test("a refused pod leaves its reasons on its Deployment, once, and a refused bare pod nothing", async () => {
  const owner = { apiVersion: "apps/v1", kind: "Deployment", name: "refused", uid: "d-2", controller: true };
  const metadata = { name: "refused-1", namespace: "team", uid: "rs-2", ownerReferences: [owner] };
  cluster.put("replicasets", { apiVersion: "apps/v1", kind: "ReplicaSet", metadata });
  const events = new EventWriter(watching.client, () => Date.now());
  const causes = [{ reason: "seccomp", message: "1.1 seccomp: no." } as const];
  const refused = decision({ kind: "refused", namespace: "team", owner: "ReplicaSet/refused-1", causes });
  const write = (one: Decision) => writeRefusal(one, watching.client, events, "en");
  await write(refused);
  await write(refused);
  const { owner: _, ...bare } = refused;
  for (const other of [bare, { ...refused, kind: "admitted" } as const]) await write(other);
  expect(await eventsOf("refused")).toMatchObject([
    {
      reason: "DouaneRefused",
      type: "Warning",
      count: 1,
      message: "douane refused a pod of this workload:\n- 1.1 seccomp: no.",
      involvedObject: { kind: "Deployment", uid: "d-2" },
    },
  ]);
  await expect(write({ ...refused, owner: "ReplicaSet/gone" })).rejects.toMatchObject({ status: 404 });
});

test("a namespace that its owner relabels gains nothing unseen: labels count under the platform's guard alone", async () => {
  const key = "platform.example/stage";
  const guarded = { keys: [key], groups: ["platform-team"] };
  const recorded: Decision[] = [];
  const lines: string[] = [];
  const stop = new AbortController();
  const { view, ended } = viewNamespaces(
    { guarded, lang: "en", times: TIMES, lookMs: 20 },
    {
      client: watching.client,
      record: async (decision) => void recorded.push(decision),
      log: (_, message) => void lines.push(message),
      now: () => Date.now(),
    },
    stop.signal,
  );
  const relabel = (stage: string) => {
    const found = cluster.server.storage.get(resourceOf("namespaces"), "", "team");
    if (found === undefined) throw new Error("no namespace");
    const labels = { [key]: stage, other: stage };
    cluster.put("namespaces", {
      ...found,
      metadata: { ...found.metadata, labels },
    });
  };
  try {
    await expect.poll(() => lines.join(), eventually).toContain("do not count");
    expect(view.labelsOf("team")).toBeUndefined();
    relabel("production");
    const [policy, binding] = labelGuard(guarded, "fr") as unknown as readonly KubeObject[];
    for (const [plural, object] of [
      ["validatingadmissionpolicies", policy],
      ["validatingadmissionpolicybindings", binding],
    ] as const)
      if (object !== undefined) cluster.put(plural, object);
    await expect.poll(() => view.labelsOf("team"), eventually).toEqual({ [key]: "production" });
    expect(view.labelsOf("outside")).toEqual({});
    expect(view.labelsOf("nowhere")).toBeUndefined();
    relabel("sandbox");
    await expect
      .poll(() => recorded.at(-1)?.causes[0]?.message, eventually)
      .toContain('{"platform.example/stage":"sandbox"}');
    expect(recorded.at(-1)).toMatchObject({
      kind: "reported",
      resource: "namespaces",
      namespace: "team",
      causes: [{ reason: "namespace-relabelled" }],
    });
    const found = cluster.server.storage.get(
      resourceOf("validatingadmissionpolicybindings"),
      "",
      LABEL_GUARD,
    );
    if (found !== undefined)
      cluster.server.storage.remove(resourceOf("validatingadmissionpolicybindings"), found);
    await expect.poll(() => view.labelsOf("team"), eventually).toBeUndefined();
  } finally {
    stop.abort();
    await ended;
  }
});
