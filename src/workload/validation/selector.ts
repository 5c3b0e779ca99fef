import { entries, type Field, isSet, member, pairs, reject, rejectMissing, textOf } from "./field.ts";
import { checkLabels } from "./metadata.ts";

/** Checks a controller's selector, which must match the pods of its template and must not be empty. */
export function checkSelector(selector: Field, labels: Field): void {
  if (!isSet(selector)) return rejectMissing(selector);
  const [byLabels, byExpressions] = [member(selector, "matchLabels"), member(selector, "matchExpressions")];
  checkLabels(byLabels);
  if (pairs(byLabels).length + entries(byExpressions).length === 0) {
    return reject(selector, { fr: "est vide", en: "is empty" });
  }
  if (!matches(byLabels, labels) || !entries(byExpressions).every((one) => holds(one, labels))) {
    reject(selector, UNMATCHED);
  }
}

/**
 * Checks the selector of a ReplicationController, which has labels only; the default is the template's
 * labels.
 */
export function checkPlainSelector(selector: Field, labels: Field): void {
  if (pairs(selector).length === 0) {
    if (pairs(labels).length === 0) rejectMissing(selector);
  } else if (!matches(selector, labels)) reject(selector, UNMATCHED);
}

const UNMATCHED = {
  fr: "ne désigne pas les étiquettes du gabarit de pod (template.metadata.labels)",
  en: "does not match the labels of the pod template (template.metadata.labels)",
};

function matches(selector: Field, labels: Field): boolean {
  return pairs(selector).every(([key, value]) => textOf(value) === textOf(member(labels, key)));
}

/** Whether an expression matches the labels; an unknown operator is refused elsewhere. */
function holds(expression: Field, labels: Field): boolean {
  const key = textOf(member(expression, "key")) ?? "";
  const values = entries(member(expression, "values")).map(textOf);
  const label = textOf(member(labels, key));
  switch (textOf(member(expression, "operator"))) {
    case "In":
      return label !== undefined && values.includes(label);
    case "NotIn":
      return values.length > 0 && (label === undefined || !values.includes(label));
    case "Exists":
      return values.length === 0 && label !== undefined;
    case "DoesNotExist":
      return values.length === 0 && label === undefined;
    default:
      return false;
  }
}
