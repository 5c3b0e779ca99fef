// Admission of the fake API server: mutating webhooks, then ValidatingAdmissionPolicies with their bindings
// (k8s.io/apiserver/pkg/admission/plugin/policy/validating), then validating webhooks.

import { refusal } from "../fixtures/admission-policy.ts";
import { type LabelSelector, selects } from "./label-selector.ts";
import { RESOURCES, type Resource } from "./resources.ts";
import { forbidden } from "./status.ts";
import type { KubeObject, Storage } from "./storage.ts";
import { mutateBy, validateBy } from "./webhooks.ts";
import type { Admitted, Write } from "./write.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly operations: readonly string[];
  readonly resources: readonly string[];
}

interface Binding {
  readonly policyName: string;
  readonly validationActions: readonly string[];
  readonly matchResources?: { readonly namespaceSelector?: LabelSelector };
}

/**
 * Asks every webhook and every policy about the write.
 *
 * @throws StatusError for the first refusal
 */
export async function admit(storage: Storage, write: Write): Promise<Admitted> {
  const namespace = namespaceLabels(storage, write.object);
  const configured = (plural: string) => storage.list(resourceOf(plural), "");
  const mutated = await mutateBy(configured("mutatingwebhookconfigurations"), write, { namespace });
  const changed = { ...write, object: mutated.object };
  const policed = write.operation === "DELETE" ? [] : admitByPolicies(storage, changed, namespace);
  const validated = await validateBy(configured("validatingwebhookconfigurations"), changed, { namespace });
  return {
    object: mutated.object,
    warnings: [...mutated.warnings, ...policed, ...validated.warnings],
    audit: { ...mutated.audit, ...validated.audit },
  };
}

/** @returns warnings; throws StatusError for the first refusal */
function admitByPolicies(
  storage: Storage,
  write: Write,
  labels: Readonly<Record<string, string>> | undefined,
): readonly string[] {
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

/** @throws Error if the fake does not serve it */
export function resourceOf(plural: string): Resource {
  const found = RESOURCES.find((one) => one.plural === plural);
  if (found === undefined) throw new Error(`no resource ${plural}`);
  return found;
}
