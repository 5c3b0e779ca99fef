import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { gatekeeperMutation } from "./gatekeeper.ts";
import { kyvernoGeneration } from "./generated-objects.ts";
import { kyvernoMutation } from "./kyverno.ts";
import { type Bearing, mappingsIn } from "./related-object.ts";
import { matchRules } from "./resource-rules.ts";
import { maySelectNamespace, maySelectPods } from "./selectors.ts";

type Mutation = Extract<Bearing, { readonly kind: "mutation" }>;
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
  "fleet.azure.com/ResourceOverride": override,
  "kubeflow.org/PodDefault": preset,
  "placement.kubernetes-fleet.io/ResourceOverride": override,
  "policies.kubewarden.io/AdmissionPolicy": kubewarden,
  "policies.kubewarden.io/ClusterAdmissionPolicy": kubewarden,
  "policy.karmada.io/ClusterOverridePolicy": override,
  "policy.karmada.io/OverridePolicy": override,
};

/**
 * Kinds that create further objects beside workloads, by group and kind, each with the function that reads
 * which workloads.
 */
const GENERATIONS: Readonly<Record<string, (value: Mapping) => Mutation["mayChange"] | undefined>> = {
  "kyverno.io/ClusterPolicy": kyvernoGeneration,
  "kyverno.io/Policy": kyvernoGeneration,
  "metacontroller.k8s.io/CompositeController": anything,
  "metacontroller.k8s.io/DecoratorController": anything,
  "policies.kyverno.io/GeneratingPolicy": anything,
  "policies.kyverno.io/NamespacedGeneratingPolicy": anything,
};

/** Test for expressions and programs, which are not read: they may concern every workload. */
function anything(): Mutation["mayChange"] {
  return () => true;
}

/** Change of pods at creation by an object, or by objects that it creates; undefined if there is neither. */
export function mutationOf(object: KubernetesObject): Mutation | undefined {
  const type = `${groupOf(object)}/${object.kind}`;
  const changes = Object.hasOwn(MUTATIONS, type) ? MUTATIONS[type]?.(object.value) : undefined;
  const creates = Object.hasOwn(GENERATIONS, type) ? GENERATIONS[type]?.(object.value) : undefined;
  if (changes === undefined && creates !== undefined)
    return { kind: "mutation", mayChange: creates, creates: true };
  if (changes === undefined) return undefined;
  const mayChange =
    creates === undefined ? changes : (facts: RawWorkload) => changes(facts) || creates(facts);
  const policy = valueAt(object.value, "spec", "policyName");
  return { kind: "mutation", mayChange, ...(typeof policy === "string" ? { policy } : {}) };
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
  // A binding without resources uses those of its policy.
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

/** Test for Kubewarden (https://docs.kubewarden.io/reference/CRDs): a policy that may mutate. */
function kubewarden(value: Mapping): Mutation["mayChange"] | undefined {
  const { spec } = value;
  if (!isMapping(spec) || spec["mutating"] !== true) return undefined;
  return (facts) => matchRules(spec["rules"], facts) && isSelected(spec, facts);
}

/**
 * Test for Karmada (https://karmada.io/docs/userguide/scheduling/override-policy) and KubeFleet
 * (https://kubefleet.dev/docs/concepts/override): resources by kind and name.
 */
function override(value: Mapping): Mutation["mayChange"] {
  const selectors = valueAt(value, "spec", "resourceSelectors");
  if (!Array.isArray(selectors)) return () => true;
  return (facts) =>
    mappingsIn(selectors).some(
      ({ kind, name }) => kind === facts.kind && (name === undefined || name === "" || name === facts.name),
    );
}

/** Test for a preset, which changes pods of its namespace that its selector matches. */
function preset(value: Mapping): Mutation["mayChange"] {
  const selector = valueAt(value, "spec", "selector");
  return (facts) => maySelectPods(selector, facts.pod.labels);
}
