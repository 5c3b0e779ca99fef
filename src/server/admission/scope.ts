// Scope of a request, decided from the request alone, before any I/O. Model: ValidatePod() and
// ValidatePodController() of k8s.io/pod-security-admission/admission/admission.go.

import { type Fields, objectAt, textAt } from "../../json/fields.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import type { AdmissionRequest } from "./admission-request.ts";

/**
 * Treatment of a request. `pod`: judged, and refused unless admitted. `mirror`: a static pod of a kubelet,
 * already running. `controller`: allowed, with warnings about the pods that the object would create.
 * `skipped`: an object that starts no code.
 */
export type Scope =
  | { readonly kind: "exempt" | "skipped" }
  | { readonly kind: "pod" | "mirror" | "controller"; readonly object: Fields };

/**
 * Subresources of pods that start no container: for `exec` and `attach`, the container was judged when its
 * pod was created.
 */
const SKIPPED_SUBRESOURCES: ReadonlySet<string> = new Set([
  "attach",
  "binding",
  "eviction",
  "exec",
  "log",
  "portforward",
  "proxy",
  "scale",
  "status",
]);

/** Resources with a pod template, by group. */
const CONTROLLERS: Readonly<Record<string, readonly string[]>> = {
  "": ["podtemplates", "replicationcontrollers"],
  apps: ["daemonsets", "deployments", "replicasets", "statefulsets"],
  batch: ["cronjobs", "jobs"],
};

/** Namespace that is always exempt: a webhook that blocks it stops the cluster. */
const SYSTEM_NAMESPACE = "kube-system";

/** Namespaces whose pods are not judged: the policy's, and kube-system. */
export function exemptNamespaces({ exemptNamespaces: named = [] }: AdmissionSettings): ReadonlySet<string> {
  return new Set([SYSTEM_NAMESPACE, ...named]);
}

/** Test for a namespace whose pods are not judged: kube-system, and those that the policy names. */
export function isExempt(namespace: string, exempt: ReadonlySet<string>): boolean {
  return namespace === SYSTEM_NAMESPACE || exempt.has(namespace);
}

/** @param exempt namespaces of the policy; kube-system is always exempt */
export function scopeOf(request: AdmissionRequest, exempt: ReadonlySet<string>): Scope {
  const { group, resource, subresource, operation, namespace, object, oldObject } = request;
  if (isExempt(namespace, exempt)) return { kind: "exempt" };
  const isPod = group === "" && resource === "pods";
  const isController = Object.hasOwn(CONTROLLERS, group) && CONTROLLERS[group]?.includes(resource) === true;
  if (!isPod && !isController) return { kind: "skipped" };
  if (operation === "DELETE" || SKIPPED_SUBRESOURCES.has(subresource)) return { kind: "skipped" };
  if (isController) {
    const isOwned = ownerOf(object ?? {}) !== undefined;
    // A controller with an owner gets no warnings: its owner was warned.
    if (subresource !== "" || isOwned || object === undefined) return { kind: "skipped" };
    return { kind: "controller", object };
  }
  // The old object comes from the API server, so a client that creates a pod cannot claim that it is being
  // deleted.
  if (operation === "UPDATE" && isTerminating(oldObject)) return { kind: "skipped" };
  return { kind: isMirror(request) ? "mirror" : "pod", object: object ?? {} };
}

/** Controller that owns an object, `Kind/name`; undefined if none does. */
export function ownerOf(object: Fields): string | undefined {
  const { ownerReferences } = objectAt(object, "metadata");
  if (!Array.isArray(ownerReferences)) return undefined;
  const owner = ownerReferences.find((one) => (one as Fields | null)?.["controller"] === true) as
    | Fields
    | undefined;
  if (owner === undefined) return undefined;
  return `${textAt(owner, "kind") ?? "?"}/${textAt(owner, "name") ?? "?"}`;
}

function isTerminating(object: Fields = {}): boolean {
  return textAt(objectAt(object, "metadata"), "deletionTimestamp") !== undefined;
}

/**
 * Test for the mirror pod of a static pod. Anybody can write the annotation, so the user is checked, too: the API
 * server names the user, and lets a node create only its own mirror pods.
 */
function isMirror({ object = {}, user, groups, operation }: AdmissionRequest): boolean {
  const mark = textAt(objectAt(objectAt(object, "metadata"), "annotations"), "kubernetes.io/config.mirror");
  const isNode = user.startsWith("system:node:") && groups.includes("system:nodes");
  return operation === "CREATE" && mark !== undefined && isNode;
}
