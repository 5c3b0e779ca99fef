import type { Text } from "../../contract/text.ts";
import {
  checkRange,
  checkRequiredText,
  checkText,
  checkWord,
  entries,
  type Field,
  isSet,
  member,
  reject,
  rejectMissing,
  rejectValue,
  textOf,
} from "./field.ts";
import { checkLabels } from "./metadata.ts";
import { DNS_LABEL, QUALIFIED_NAME } from "./names.ts";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
const [LEAST_WEIGHT, HIGHEST_WEIGHT] = [1, 100];

/** Number of values that each operator of a selector requires. */
const VALUES = { In: "some", NotIn: "some", Exists: "none", DoesNotExist: "none" } as const;
const NODE_VALUES = { ...VALUES, Gt: "one", Lt: "one" } as const;

/** Affinity of a pod to nodes and to other pods. */
export function checkAffinity(affinity: Field): void {
  const ofNodes = member(affinity, "nodeAffinity");
  const terms = member(ofNodes, REQUIRED, "nodeSelectorTerms");
  if (isSet(member(ofNodes, REQUIRED)) && entries(terms).length === 0) rejectMissing(terms);
  for (const term of entries(terms)) checkNodeTerm(term);
  for (const preferred of entries(member(ofNodes, PREFERRED))) {
    checkWeight(preferred);
    checkNodeTerm(member(preferred, "preference"));
  }
  for (const kind of ["podAffinity", "podAntiAffinity"]) {
    for (const term of entries(member(affinity, kind, REQUIRED))) checkPodTerm(term);
    for (const preferred of entries(member(affinity, kind, PREFERRED))) {
      checkWeight(preferred);
      checkPodTerm(member(preferred, "podAffinityTerm"));
    }
  }
}

function checkWeight(preferred: Field): void {
  const weight = member(preferred, "weight");
  if (isSet(weight)) checkRange(weight, LEAST_WEIGHT, HIGHEST_WEIGHT);
  else rejectMissing(weight);
}

function checkNodeTerm(term: Field): void {
  for (const one of entries(member(term, "matchExpressions"))) {
    checkRequiredText(member(one, "key"), QUALIFIED_NAME);
    checkRequirement(one, NODE_VALUES);
  }
  for (const one of entries(member(term, "matchFields"))) {
    const key = member(one, "key");
    if (key.value !== "metadata.name") rejectValue(key, { fr: "metadata.name", en: "metadata.name" });
    const values = member(one, "values");
    if (entries(values).length !== 1) reject(values, ONE_VALUE);
    checkOperator(member(one, "operator"), ["In", "NotIn"]);
  }
}

function checkPodTerm(term: Field): void {
  checkRequiredText(member(term, "topologyKey"), QUALIFIED_NAME);
  for (const namespace of entries(member(term, "namespaces"))) checkText(namespace, DNS_LABEL);
  for (const kind of ["labelSelector", "namespaceSelector"]) checkLabelSelector(member(term, kind));
}

/** Checks a selector of objects by labels (apimachinery, LabelSelector). */
export function checkLabelSelector(selector: Field): void {
  checkLabels(member(selector, "matchLabels"));
  for (const one of entries(member(selector, "matchExpressions"))) {
    checkRequiredText(member(one, "key"), QUALIFIED_NAME);
    checkRequirement(one, VALUES);
  }
}

function checkRequirement(
  requirement: Field,
  takes: Readonly<Record<string, "some" | "none" | "one">>,
): void {
  const operator = member(requirement, "operator");
  checkOperator(operator, Object.keys(takes));
  const values = member(requirement, "values");
  const count = entries(values).length;
  const wanted = takes[textOf(operator) ?? ""];
  if (wanted === "some" && count === 0) rejectMissing(values);
  else if (wanted === "none" && count > 0) reject(values, NO_VALUES);
  else if (wanted === "one" && count !== 1) reject(values, ONE_VALUE);
}

/** Checks an operator, which has no default. */
function checkOperator(operator: Field, words: readonly string[]): void {
  if ((operator.value ?? "") === "") rejectMissing(operator);
  else checkWord(operator, words);
}

const NO_VALUES: Text = {
  fr: "ne va pas avec Exists ou DoesNotExist",
  en: "cannot be set beside Exists or DoesNotExist",
};

const ONE_VALUE: Text = { fr: "doit avoir une seule valeur", en: "must hold exactly one value" };
