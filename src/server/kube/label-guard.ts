// ValidatingAdmissionPolicy that lets only the platform change the labels by which its policy names namespaces.

import type { Lang, Text } from "../../contract/text.ts";
import { canonicalJson } from "../../json/canonical-json.ts";
import { type Fields, isFields, objectAt } from "../../json/fields.ts";
import { type DefaultFields, withoutDefaults } from "../default-fields.ts";

/** Name of the policy and of its binding. */
export const LABEL_GUARD = "douane-namespace-labels";

/** Labels of namespaces, and who may change them. */
export interface GuardedLabels {
  /** Keys, sorted. */
  readonly keys: readonly string[];
  /** Groups, as the API server knows them. */
  readonly groups: readonly string[];
}

type KubernetesObject = Readonly<Record<string, unknown>>;

/**
 * The policy and its binding. All subresources count: `status` and `finalize` of a namespace take labels, too.
 *
 * @param lang language of the refusal
 */
export function labelGuard(
  guarded: GuardedLabels,
  lang: Lang,
): readonly [policy: KubernetesObject, binding: KubernetesObject] {
  const metadata = { name: LABEL_GUARD };
  const apiVersion = "admissionregistration.k8s.io/v1";
  return [
    {
      apiVersion,
      kind: "ValidatingAdmissionPolicy",
      metadata,
      spec: { ...POLICY_SPEC, validations: [{ ...validation(guarded), message: message(guarded)[lang] }] },
    },
    { apiVersion, kind: "ValidatingAdmissionPolicyBinding", metadata, spec: BINDING },
  ];
}

/** Test that a cluster's policy and binding are these, in any language and with the API server's defaults. */
export function isLabelGuard(policy: Fields, binding: Fields, guarded: GuardedLabels): boolean {
  const expected = { ...POLICY_SPEC, validations: [validation(guarded)] };
  return (
    [policy, binding].every((one) => objectAt(one, "metadata")["deletionTimestamp"] === undefined) &&
    specText(objectAt(policy, "spec")) === specText(expected) &&
    specText(objectAt(binding, "spec")) === specText(BINDING)
  );
}

function labelsOf(object: string): string {
  return `dyn(${object}.metadata.?labels.orValue({}))`;
}

function validation({ keys, groups }: GuardedLabels): Fields {
  const [labels, before] = ["variables.labels", "variables.before"];
  const isSame = `(k in ${labels}) == (k in ${before}) && (!(k in ${labels}) || ${labels}[k] == ${before}[k])`;
  const isAllowed = `request.userInfo.?groups.orValue([]).exists(g, g in ${JSON.stringify(groups)})`;
  return { expression: `${isAllowed} || ${JSON.stringify(keys)}.all(k, ${isSame})`, reason: "Forbidden" };
}

const POLICY_SPEC: Fields = {
  failurePolicy: "Fail",
  matchConstraints: {
    resourceRules: [
      {
        apiGroups: [""],
        apiVersions: ["v1"],
        operations: ["CREATE", "UPDATE"],
        resources: ["namespaces", "namespaces/*"],
      },
    ],
  },
  variables: [
    { name: "labels", expression: labelsOf("object") },
    { name: "before", expression: `oldObject == null ? dyn({}) : ${labelsOf("oldObject")}` },
  ],
};

const BINDING: Fields = { policyName: LABEL_GUARD, validationActions: ["Deny"] };

/** Defaults that the API server fills into the policy. */
const DEFAULTS: DefaultFields = {
  within: {
    matchConstraints: {
      values: { matchPolicy: ["Equivalent"], namespaceSelector: [{}], objectSelector: [{}] },
      within: { resourceRules: { values: { scope: ["*"] } } },
    },
  },
};

/** Text of a spec without defaults and messages; anything else that was added makes another text. */
function specText(spec: Fields): string {
  const { validations, ...rest } = withoutDefaults(spec, DEFAULTS);
  const unworded = Array.isArray(validations) ? validations.map(withoutMessage) : validations;
  return canonicalJson(unworded === undefined ? rest : { ...rest, validations: unworded });
}

function withoutMessage(validation: unknown): unknown {
  if (!isFields(validation)) return validation;
  const { message: _, ...rest } = validation;
  return rest;
}

function message({ keys, groups }: GuardedLabels): Text {
  const [list, who] = [keys.join(", "), groups.join(", ")];
  return {
    fr: `douane : les labels ${list} d'un espace de noms décident des lignes exigées ; seuls les groupes ${who} les changent.`,
    en: `douane: the labels ${list} of a namespace decide which rows are enforced; the groups ${who} alone change them.`,
  };
}
