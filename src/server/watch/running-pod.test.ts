import { expect, test } from "vitest";
import { PINNED, podObject } from "../../../test/fixtures/admission-request.ts";
import type { Fields } from "../../json/fields.ts";
import { labelsDigest, podSubject, startDigest } from "../admission/subject.ts";
import { runningPod } from "./running-pod.ts";

const TOKEN = { name: "kube-api-access-x7k2p", projected: { sources: [] } };
const spec = { containers: [{ name: "web", image: PINNED }], volumes: [TOKEN], priority: 0 };
const admitted = podObject(spec, { uid: "u", generateName: "web-" });

/** The pod as it runs: reordered by another API server, and changed by those who may change a pod that runs. */
const running: Fields = {
  kind: "Pod",
  apiVersion: "v1",
  status: { phase: "Running" },
  metadata: {
    uid: "u",
    name: "web-abcde",
    namespace: "aides",
    labels: { team: "x" },
    annotations: { "cni.example/ip": "10.0.0.1" },
  },
  spec: {
    nodeName: "node-1",
    tolerations: [{ key: "a" }],
    volumes: [{ projected: { sources: [] }, name: "kube-api-access-q9zz4" }],
    containers: [{ image: PINNED, name: "web" }],
    priority: 0,
  },
};

test("a pod that runs starts what its subject starts", () => {
  const subject = podSubject(admitted, "aides");
  expect(runningPod(running)?.start).toBe(startDigest(subject.object));
  expect(runningPod(running)?.start).toBe(startDigest(admitted));
});

test.each<[string, Fields]>([
  ["another command", { containers: [{ name: "web", image: PINNED, command: ["sh"] }] }],
  ["a container more", { ephemeralContainers: [{ name: "debug", image: PINNED }] }],
  ["other resources", { containers: [{ name: "web", image: PINNED, resources: { limits: { cpu: "2" } } }] }],
  ["another volume", { volumes: [TOKEN, { name: "host", hostPath: { path: "/" } }] }],
])("%s is another start", (_, changes) => {
  expect(startDigest({ ...admitted, spec: { ...spec, ...changes } })).not.toBe(startDigest(admitted));
});

test("an annotation of a profile is part of the start: the kubelet reads it", () => {
  const annotations = { "container.apparmor.security.beta.kubernetes.io/web": "unconfined" };
  expect(startDigest(podObject(spec, { annotations }))).not.toBe(startDigest(admitted));
});

test("of the status, the images of containers that were pulled are kept, and nothing of an object without UID", () => {
  const status = {
    initContainerStatuses: [{ name: "init", imageID: "a@x" }],
    containerStatuses: [
      { name: "web", imageID: "b@x" },
      { name: "waits", imageID: "" },
    ],
    ephemeralContainerStatuses: [{ name: "debug", imageID: "c@x" }],
  };
  expect(runningPod({ ...running, status })?.images).toEqual([
    { container: "init", reference: "", imageId: "a@x" },
    { container: "web", reference: PINNED, imageId: "b@x" },
    { container: "debug", reference: "", imageId: "c@x" },
  ]);
  expect(runningPod({ ...running, metadata: {} })).toBeUndefined();
});

test("a pod that runs has the labels of its template, until somebody changes them", () => {
  const labelled = (labels: Fields) => podObject(spec, { uid: "u", labels });
  const subject = podSubject(labelled({ app: "web", "pod-template-hash": "5d4f" }), "aides");
  const labels = labelsDigest(subject.object);
  expect(runningPod(labelled({ "pod-template-hash": "9c6f", app: "web" }))?.labels).toBe(labels);
  expect(runningPod(labelled({ app: "api" }))?.labels).not.toBe(labels);
  expect(runningPod(podObject(spec, { uid: "u" }))?.labels).toBe(labelsDigest(podObject(spec)));
});
