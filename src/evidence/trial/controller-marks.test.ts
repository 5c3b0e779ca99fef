import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { controllerMarks } from "./controller-marks.ts";

const POD = "web-x7kd2mnpq-4tz9w";
const UID = "00000000-0000-4000-8000-000000000001";

function marks(facts: Partial<RawWorkload>, hostname = POD) {
  return controllerMarks(workloadFacts({ facts }), hostname);
}

test("labels of a pod are those that its controller adds", () => {
  expect(marks({})).toEqual({ labels: { "pod-template-hash": "x7kd2mnpq" }, annotations: {} });
  expect(marks({}, "portal").labels).toEqual({ "pod-template-hash": "7d4b9c6f5d" });
  expect(marks({ kind: "DaemonSet" }).labels).toEqual({
    "controller-revision-hash": "x7kd2mnpq",
    "pod-template-generation": "1",
  });
  expect(marks({ kind: "StatefulSet", statefulSet: { firstOrdinal: 3 } }, "web-3").labels).toEqual({
    "apps.kubernetes.io/pod-index": "3",
    "controller-revision-hash": "web-7d4b9c6f5d",
    "statefulset.kubernetes.io/pod-name": "web-3",
  });
  expect(marks({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" }).labels).toEqual({
    "rollouts-pod-template-hash": "x7kd2mnpq",
  });
});

test("a Job names itself to its pods, and an Indexed one their index", () => {
  const batch = { apiVersion: "batch/v1", kind: "Job" };
  const named = (name: string) => ({
    "batch.kubernetes.io/controller-uid": UID,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": UID,
    "job-name": name,
  });
  expect(marks(batch)).toEqual({ labels: named("web"), annotations: {} });
  expect(marks({ ...batch, name: "web-*" }).labels).toEqual(named("web-x7k2d"));
  expect(marks({ ...batch, kind: "CronJob" }).labels["job-name"]).toMatch(/^web-\d{8}$/);
  const index = { "batch.kubernetes.io/job-completion-index": "0" };
  expect(marks({ ...batch, job: { isIndexed: true } })).toEqual({
    labels: { ...named("web"), ...index },
    annotations: index,
  });
});

test.each<[string, Partial<RawWorkload>]>([
  ["a Pod", { apiVersion: "v1", kind: "Pod" }],
  ["a ReplicaSet", { kind: "ReplicaSet" }],
  ["a Deployment of another group", { apiVersion: "x.example/v1" }],
])("of %s nothing is known to be added", (_, facts) => {
  expect(marks(facts)).toEqual({ labels: {}, annotations: {} });
});

test("an image alone has no controller", () => {
  expect(controllerMarks(undefined, POD)).toEqual({ labels: {}, annotations: {} });
});
