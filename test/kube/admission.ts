// Admission of the fake API server: ValidatingAdmissionPolicies and their bindings as the real one applies them
// (k8s.io/apiserver/pkg/admission/plugin/policy/validating).

import { refusal } from "../fixtures/admission-policy.ts";
import { RESOURCES, type Resource } from "./resources.ts";
import { forbidden } from "./status.ts";
import type { KubeObject, Storage } from "./storage.ts";

/** A write that is about to happen. */
export interface Write {
  readonly resource: Resource;
  readonly subresource: string;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly object: KubeObject;
  readonly oldObject: KubeObject | undefined;
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly operations: readonly string[];
  readonly resources: readonly string[];
}

interface Binding {
  readonly policyName: string;
  readonly validationActions: readonly string[];
  readonly matchResources?: { readonly namespaceSelector?: Selector };
}

interface Selector {
  readonly matchExpressions?: readonly Requirement[];
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/**
 * Asks every policy that is bound to the write.
 *
 * @returns the warnings
 * @throws StatusError for the first refusal
 */
export function admit(storage: Storage, write: Write): readonly string[] {
  const labels = namespaceLabels(storage, write.object);
  const warnings: string[] = [];
  for (const binding of storage.list(resourceOf("validatingadmissionpolicybindings"), "")) {
    const { policyName, validationActions, matchResources } = binding["spec"] as Binding;
    const policy = storage.get(resourceOf("validatingadmissionpolicies"), "", policyName);
    if (policy === undefined || !isMatched(policy, write)) continue;
    if (labels !== undefined && !selects(matchResources?.namespaceSelector, labels)) continue;
    const message = refusal(policy, write);
    if (message === undefined) continue;
    const which = `ValidatingAdmissionPolicy '${policyName}' with binding '${binding.metadata.name}'`;
    if (validationActions.includes("Deny")) {
      throw forbidden(write.resource, write.object.metadata.name, `${which} denied request: ${message}`);
    }
    if (validationActions.includes("Warn")) warnings.push(`Validation failed for ${which}: ${message}`);
  }
  return warnings;
}

function isMatched(policy: KubeObject, { resource, subresource, operation }: Write): boolean {
  const { matchConstraints } = policy["spec"] as { matchConstraints: { resourceRules: readonly Rule[] } };
  const name = subresource === "" ? resource.plural : `${resource.plural}/${subresource}`;
  return matchConstraints.resourceRules.some(
    ({ apiGroups, operations, resources }) =>
      apiGroups.includes(resource.group) && operations.includes(operation) && resources.includes(name),
  );
}

/** Labels of the object's namespace, with the name that the API server itself sets; undefined for cluster objects. */
function namespaceLabels(
  storage: Storage,
  { metadata }: KubeObject,
): Readonly<Record<string, string>> | undefined {
  const { namespace } = metadata;
  if (namespace === undefined) return undefined;
  const labels = storage.get(resourceOf("namespaces"), "", namespace)?.metadata.labels;
  return { ...labels, "kubernetes.io/metadata.name": namespace };
}

function selects(selector: Selector | undefined, labels: Readonly<Record<string, string>>): boolean {
  return (selector?.matchExpressions ?? []).every(({ key, operator, values }) => {
    const isIn = values.includes(labels[key] ?? "");
    if (operator === "In") return isIn;
    if (operator === "NotIn") return !isIn;
    throw new Error(`the fake API server does not know the operator ${operator}`);
  });
}

/** @throws Error if the fake does not serve it */
export function resourceOf(plural: string): Resource {
  const found = RESOURCES.find((one) => one.plural === plural);
  if (found === undefined) throw new Error(`no resource ${plural}`);
  return found;
}
