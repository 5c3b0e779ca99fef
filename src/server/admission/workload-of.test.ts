import { describe, expect, test } from "vitest";
import { podObject, podRequest } from "../../../test/fixtures/admission-request.ts";
import { podSubject, workloadOf } from "./subject.ts";
import { boundWorkload, workloadsOf } from "./workload-of.ts";

const MANAGER = "system:kube-controller-manager";
const account = (name: string) => `system:serviceaccount:kube-system:${name}-controller`;

function owned(kind: string, name: string, user: string, labels: Record<string, string> = {}) {
  const ownerReferences = [
    { kind: "Node", name: "other" },
    { apiVersion: "apps/v1", kind, name, uid: "u", controller: true },
  ];
  return podRequest({ user, object: podObject({}, { ownerReferences, labels }) });
}

const HASH = { "pod-template-hash": "7d9f6c4b8" };

describe("a pod belongs to the workload whose controller creates it", () => {
  test.each([
    [
      "ReplicaSet",
      "web-7d9f6c4b8",
      account("replicaset"),
      HASH,
      ["ReplicaSet/web-7d9f6c4b8", "Deployment/web"],
    ],
    ["ReplicaSet", "web-7d9f6c4b8", MANAGER, HASH, ["ReplicaSet/web-7d9f6c4b8", "Deployment/web"]],
    ["ReplicaSet", "web-7d9f6c4b8", account("replicaset"), {}, ["ReplicaSet/web-7d9f6c4b8"]],
    ["ReplicaSet", "web", account("replicaset"), HASH, ["ReplicaSet/web"]],
    ["ReplicaSet", "-7d9f6c4b8", account("replicaset"), HASH, ["ReplicaSet/-7d9f6c4b8"]],
    ["StatefulSet", "db", account("statefulset"), {}, ["StatefulSet/db"]],
    ["DaemonSet", "agent", account("daemon-set"), {}, ["DaemonSet/agent"]],
    ["Job", "purge-29411220", account("job"), {}, ["Job/purge-29411220", "CronJob/purge"]],
    ["Job", "import", account("job"), {}, ["Job/import"]],
    ["ReplicationController", "old", account("replication"), {}, ["ReplicationController/old"]],
  ])("%s/%s by %s with %j: %j", (kind, name, user, labels, expected) => {
    const found = workloadsOf(owned(kind, name, user, labels));
    expect(found.map((one) => `${one.kind}/${one.name}`)).toEqual(expected);
  });

  test.each([
    ["whose owner its creator wrote", owned("ReplicaSet", "web-7d9f6c4b8", "alice", HASH)],
    ["of another controller's account", owned("ReplicaSet", "web-7d9f6c4b8", account("job"), HASH)],
    [
      "of an account of that name elsewhere",
      owned("ReplicaSet", "web-7d9f6c4b8", "system:serviceaccount:team:replicaset-controller", HASH),
    ],
    ["of a kind that no built-in controller makes", owned("Rollout", "web", MANAGER)],
    ["of a kind that is a property of every object", owned("constructor", "web", MANAGER)],
    ["without an owner", podRequest({ user: MANAGER })],
    [
      "that is changed, by whoever may change it",
      { ...owned("ReplicaSet", "web-7d9f6c4b8", account("replicaset"), HASH), operation: "UPDATE" },
    ],
  ])("not one %s", (_, request) => {
    expect(workloadsOf(request)).toEqual([]);
  });
});

describe("its name is part of the subject", () => {
  const request = owned("ReplicaSet", "web-7d9f6c4b8", account("replicaset"), HASH);

  test("only where the policy accepts something for it, in its namespace", () => {
    const bound = (...names: readonly string[]) => boundWorkload(request, new Set(names));
    expect(bound()).toBeUndefined();
    expect(bound("other/Deployment/web", "aides/Deployment/other")).toBeUndefined();
    expect(bound("aides/Deployment/web")).toEqual({ kind: "Deployment", name: "web" });
    expect(bound("aides/ReplicaSet/web-7d9f6c4b8", "aides/Deployment/web")).toEqual({
      kind: "Deployment",
      name: "web",
    });
  });

  test("and no other owner is", () => {
    const { object = {} } = request;
    expect(workloadOf(podSubject(object, "aides"))).toBeUndefined();
    const subject = podSubject(object, "aides", { kind: "Deployment", name: "web" });
    expect(workloadOf(subject)).toEqual({ kind: "Deployment", name: "web" });
    expect(subject.digest).not.toBe(podSubject(object, "aides").digest);
  });
});
