// Admission of the fake API server: MutatingAdmissionPolicies with their bindings, mutating webhooks, the former once
// more for what the webhooks added (k8s.io/apiserver/pkg/admission/plugin/policy/mutating), then
// ValidatingAdmissionPolicies (…/policy/validating), then validating webhooks.

import { patchOf, refusal } from "../fixtures/admission-policy.ts";
import { jsonPatch } from "./json-patch.ts";
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
  readonly validationActions?: readonly string[];
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
  const defaulted = mutateByPolicies(storage, write, namespace);
  const mutated = await mutateBy(configured("mutatingwebhookconfigurations"), defaulted, { namespace });
  const changed = mutateByPolicies(storage, { ...write, object: mutated.object }, namespace);
  const policed = write.operation === "DELETE" ? [] : admitByPolicies(storage, changed, namespace);
  const validated = await validateBy(configured("validatingwebhookconfigurations"), changed, { namespace });
  return {
    object: changed.object,
    warnings: [...mutated.warnings, ...policed, ...validated.warnings],
    audit: { ...mutated.audit, ...validated.audit },
  };
}

type Labels = Readonly<Record<string, string>> | undefined;

/** The write with the object as the MutatingAdmissionPolicies change it. */
function mutateByPolicies(storage: Storage, write: Write, labels: Labels): Write {
  if (write.operation === "DELETE") return write;
  let { object } = write;
  for (const { policy } of bound(storage, "mutatingadmissionpolic", write, labels)) {
    object = jsonPatch(object, patchOf(policy, { ...write, object })) as KubeObject;
  }
  return { ...write, object };
}

/** @returns warnings; throws StatusError for the first refusal */
function admitByPolicies(storage: Storage, write: Write, labels: Labels): readonly string[] {
  const warnings: string[] = [];
  for (const { binding, policy } of bound(storage, "validatingadmissionpolic", write, labels)) {
    const { policyName, validationActions = [] } = binding["spec"] as Binding;
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

/** Bindings that hold for a write, each with its policy. */
function bound(
  storage: Storage,
  kind: string,
  write: Write,
  labels: Labels,
): readonly { readonly binding: KubeObject; readonly policy: KubeObject }[] {
  return storage.list(resourceOf(`${kind}ybindings`), "").flatMap((binding) => {
    const { policyName, matchResources } = binding["spec"] as Binding;
    const policy = storage.get(resourceOf(`${kind}ies`), "", policyName);
    if (policy === undefined || !isMatched(policy, write)) return [];
    if (labels !== undefined && !selects(matchResources?.namespaceSelector, labels)) return [];
    return [{ binding, policy }];
  });
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
function namespaceLabels(storage: Storage, { metadata }: KubeObject): Labels {
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
