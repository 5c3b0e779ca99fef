import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { gatekeeperMutation } from "./gatekeeper.ts";
import { kyvernoMutation } from "./kyverno.ts";
import { type Bearing, mappingsIn, valueAt } from "./related-object.ts";
import { matchRules } from "./resource-rules.ts";
import { maySelectNamespace, maySelectPods } from "./selectors.ts";

type Mutation = Extract<Bearing, { readonly is: "mutation" }>;
type Mapping = Readonly<Record<string, unknown>>;

/** Readers of the pods that an object changes, by group and kind. */
const MUTATIONS: Readonly<Record<string, (value: Mapping) => Mutation["mayChange"] | undefined>> = {
  "admissionregistration.k8s.io/MutatingWebhookConfiguration": webhooks,
  "admissionregistration.k8s.io/MutatingAdmissionPolicy": (value) => constrained(value, "matchConstraints"),
  "policies.kyverno.io/MutatingPolicy": (value) => constrained(value, "matchConstraints"),
  "policies.kyverno.io/NamespacedMutatingPolicy": (value) => constrained(value, "matchConstraints"),
  "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding": (value) =>
    isMapping(valueAt(value, "spec", "matchResources")) ? constrained(value, "matchResources") : () => true,
  "kyverno.io/ClusterPolicy": kyvernoMutation,
  "kyverno.io/Policy": kyvernoMutation,
  "mutations.gatekeeper.sh/Assign": gatekeeperMutation,
  "mutations.gatekeeper.sh/AssignImage": gatekeeperMutation,
  "mutations.gatekeeper.sh/AssignMetadata": gatekeeperMutation,
  "mutations.gatekeeper.sh/ModifySet": gatekeeperMutation,
  "settings.k8s.io/PodPreset": preset,
  "kubeflow.org/PodDefault": preset,
};

/** Change of pods at creation by an object; undefined if there is none. */
export function mutationOf(object: KubernetesObject): Mutation | undefined {
  const read = MUTATIONS[`${groupOf(object)}/${object.kind}`];
  const mayChange = read?.(object.value);
  if (mayChange === undefined) return undefined;
  const policy = valueAt(object.value, "spec", "policyName");
  return { is: "mutation", mayChange, ...(typeof policy === "string" ? { policy } : {}) };
}

/**
 * Test for webhooks:
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
function webhooks({ webhooks: listed }: Mapping): Mutation["mayChange"] {
  const each = mappingsIn(listed);
  return (facts) => each.some((one) => matchRules(one["rules"], facts) && isSelected(one, facts));
}

/**
 * Test for admission policies and bindings:
 * https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
function constrained(value: Mapping, field: string): Mutation["mayChange"] {
  const constraints = valueAt(value, "spec", field);
  if (!isMapping(constraints)) return () => true;
  const { resourceRules } = constraints;
  // A binding without resources takes them from its policy.
  const isOpen = field === "matchResources" && resourceRules === undefined;
  return (facts) => (isOpen || matchRules(resourceRules, facts)) && isSelected(constraints, facts);
}

/** Whether selectors may select the workload itself, or its pods. */
function isSelected({ namespaceSelector, objectSelector }: Mapping, facts: RawWorkload): boolean {
  return (
    maySelectNamespace(namespaceSelector, facts.namespace) &&
    (maySelectPods(objectSelector, facts.pod.labels) || maySelectPods(objectSelector, facts.labels))
  );
}

/** Test for a preset: pods of its namespace that its selector matches. */
function preset(value: Mapping): Mutation["mayChange"] {
  const selector = valueAt(value, "spec", "selector");
  return (facts) => maySelectPods(selector, facts.pod.labels);
}
