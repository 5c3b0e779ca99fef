import { isMapping } from "../decode/collections.ts";
import { mappingsIn, textsIn } from "./related-object.ts";

type Labels = Readonly<Record<string, string>>;

/** Value of a label that manifests do not determine. */
const UNKNOWN = Symbol("unknown");
type ValueOf = (key: string) => string | undefined | typeof UNKNOWN;

/**
 * Labels that controllers add to their pods, besides those of the template
 * (https://kubernetes.io/docs/reference/labels-annotations-taints/).
 */
const ADDED =
  /^(?:pod-template-hash|controller-revision-hash|controller-uid|job-name|pod-template-generation|(?:apps|statefulset|batch)\.kubernetes\.io\/.{1,63})$/;

/**
 * Whether a LabelSelector may select pods with these labels. False only if certain: an unreadable selector,
 * and a selector on labels that are added later, may select them.
 */
export function maySelectPods(selector: unknown, labels: Labels): boolean {
  return maySelect(selector, (key) =>
    ADDED.test(key) && !Object.hasOwn(labels, key) ? UNKNOWN : labels[key],
  );
}

/** Whether a LabelSelector selects an object with exactly these labels; true for an unreadable selector. */
export function maySelectLabels(selector: unknown, labels: Labels): boolean {
  return maySelect(selector, (key) => labels[key]);
}

/** Label of a namespace that the API server sets; other labels are unknown. */
const NAME = "kubernetes.io/metadata.name";

/** Whether a LabelSelector may select a workload's namespace. */
export function maySelectNamespace(selector: unknown, namespace: string | undefined): boolean {
  return maySelect(selector, (key) => (key === NAME && namespace !== undefined ? namespace : UNKNOWN));
}

/** Whether a LabelSelector selects an object without any label. */
export function selectsWithoutLabels(selector: unknown): boolean {
  return maySelect(selector, () => undefined);
}

/** Name of a namespace that no selector lists. */
const ANOTHER = "another";

/**
 * Namespaces that a LabelSelector selects: `own` if it can match no other, `others` if it matches a namespace
 * with no label besides its name, `perhaps` if other labels decide.
 */
export function namespacesSelected(selector: unknown, own: string | undefined): "own" | "others" | "perhaps" {
  const others = [ANOTHER, ...listedNames(selector)].filter((name) => name !== own);
  const isNamed = (name: string) => maySelect(selector, (key) => (key === NAME ? name : undefined));
  if (others.some(isNamed)) return "others";
  return others.some((name) => maySelectNamespace(selector, name)) ? "perhaps" : "own";
}

/** Names of namespaces that a selector lists. */
function listedNames(selector: unknown): readonly string[] {
  if (!isMapping(selector)) return [];
  const equal = isMapping(selector["matchLabels"]) ? selector["matchLabels"][NAME] : undefined;
  const listed = mappingsIn(selector["matchExpressions"]).filter(({ key }) => key === NAME);
  return [
    ...(typeof equal === "string" ? [equal] : []),
    ...listed.flatMap(({ values }) => textsIn(values) ?? []),
  ];
}

/** @param valueOf value of a label; undefined if the label does not exist */
function maySelect(selector: unknown, valueOf: ValueOf): boolean {
  if (!isMapping(selector)) return true;
  const { matchLabels, matchExpressions } = selector;
  const equal = isMapping(matchLabels) ? Object.entries(matchLabels) : [];
  return (
    equal.every(([key, value]) => valueOf(key) === UNKNOWN || valueOf(key) === value) &&
    mappingsIn(matchExpressions).every((one) => mayHold(one, valueOf))
  );
}

function mayHold({ key, operator, values }: Readonly<Record<string, unknown>>, valueOf: ValueOf): boolean {
  const value = typeof key === "string" ? valueOf(key) : UNKNOWN;
  if (value === UNKNOWN) return true;
  const listed = textsIn(values) ?? [];
  if (operator === "In") return value !== undefined && listed.includes(value);
  if (operator === "NotIn") return value === undefined || !listed.includes(value);
  if (operator === "Exists") return value !== undefined;
  return operator !== "DoesNotExist" || value === undefined;
}
