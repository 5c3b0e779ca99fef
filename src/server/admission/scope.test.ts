import { expect, test } from "vitest";
import { podObject, podRequest } from "../../../test/fixtures/admission-request.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { scopeOf } from "./scope.ts";

const NODE = { user: "system:node:n1", groups: ["system:nodes", "system:authenticated"] };
const MIRROR = podObject({}, { annotations: { "kubernetes.io/config.mirror": "5f2c" } });
const ENDING = podObject({}, { deletionTimestamp: "2026-06-15T12:00:00Z" });
const OWNED = { ownerReferences: [{ kind: "Deployment", name: "web", controller: true }] };
const deployment = (metadata = {}) => ({
  group: "apps",
  resource: "deployments",
  object: { apiVersion: "apps/v1", kind: "Deployment", metadata },
});

test.each<[string, Partial<AdmissionRequest>, string]>([
  ["a pod", {}, "pod"],
  ["a pod of an exempt namespace", { namespace: "ingress" }, "exempt"],
  ["a pod of kube-system, which needs no line of the policy", { namespace: "kube-system" }, "exempt"],
  ["a namespace that only looks like one", { namespace: "kube-system-x" }, "pod"],
  [
    "a pod whose metadata name an exempt namespace, other than the request",
    { object: podObject({}, { namespace: "ingress" }) },
    "pod",
  ],
  ["a pod without namespace", { namespace: "" }, "pod"],
  ["a deletion", { operation: "DELETE" }, "skipped"],
  ["an update", { operation: "UPDATE", oldObject: podObject() }, "pod"],
  ["an update of a pod that ends", { operation: "UPDATE", object: ENDING, oldObject: ENDING }, "skipped"],
  ["a creation that says it ends", { object: ENDING }, "pod"],
  [
    "an update whose new object alone says it ends",
    { operation: "UPDATE", object: ENDING, oldObject: podObject() },
    "pod",
  ],
  ["an operation of a later version", { operation: "REPLACE" }, "pod"],
  ...["attach", "binding", "eviction", "exec", "log", "portforward", "proxy", "scale", "status"].map(
    (subresource): [string, Partial<AdmissionRequest>, string] => [
      `pods/${subresource}`,
      { subresource },
      "skipped",
    ],
  ),
  ...["ephemeralcontainers", "resize", "checkpoint", "Exec", "exec/x"].map(
    (subresource): [string, Partial<AdmissionRequest>, string] => [
      `pods/${subresource}`,
      { subresource },
      "pod",
    ],
  ),
  ["a mirror pod", { ...NODE, object: MIRROR }, "mirror"],
  ["a mirror pod of somebody who is no node", { object: MIRROR }, "pod"],
  ["a mirror pod by a user who only has a node's name", { ...NODE, groups: [], object: MIRROR }, "pod"],
  ["an update of a mirror pod", { ...NODE, operation: "UPDATE", object: MIRROR, oldObject: MIRROR }, "pod"],
  ["a pod that a node creates without the mark", NODE, "pod"],
  ["a Deployment", deployment(), "controller"],
  ["a ReplicaSet of a Deployment", { ...deployment(OWNED), resource: "replicasets" }, "skipped"],
  ["a Deployment's scale", { ...deployment(), subresource: "scale" }, "skipped"],
  ["a Deployment's status", { ...deployment(), subresource: "status" }, "skipped"],
  ["a Deployment that is deleted", { ...deployment(), operation: "DELETE" }, "skipped"],
  ["a CronJob", { ...deployment(), group: "batch", resource: "cronjobs" }, "controller"],
  ["a PodTemplate", { ...deployment(), group: "", resource: "podtemplates" }, "controller"],
  ["Deployments of another group", { ...deployment(), group: "example.org" }, "skipped"],
  ["pods of another group", { group: "metrics.k8s.io" }, "skipped"],
  ["a group that an object inherits", { group: "constructor", resource: "name" }, "skipped"],
  ["a Service", { resource: "services" }, "skipped"],
])("%s", (_, changes, kind) => {
  expect(scopeOf(podRequest(changes), new Set(["ingress"])).kind).toBe(kind);
});
