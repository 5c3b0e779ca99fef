import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { mappingsIn, textsIn } from "./related-object.ts";
import { maySelectPods } from "./selectors.ts";

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Test whether rules of a Kyverno policy change a workload's pods
 * (https://kyverno.io/docs/policy-types/cluster-policy/mutate/); undefined if the rules change only labels.
 * Exclusions of a rule are ignored, since they may not apply.
 */
export function kyvernoMutation(value: Mapping): ((facts: RawWorkload) => boolean) | undefined {
  const rules = mappingsIn(valueAt(value, "spec", "rules")).filter(({ mutate }) => {
    return isMapping(mutate) && !changesLabelsOnly(mutate);
  });
  if (rules.length === 0) return undefined;
  return (facts) => rules.some((rule) => mayMatch(rule, facts));
}

/** Whether a patch changes only `metadata.labels`. */
function changesLabelsOnly(mutate: Mapping): boolean {
  const { patchStrategicMerge: patch, targets } = mutate;
  if (targets !== undefined || Object.keys(mutate).length !== 1 || !isMapping(patch)) return false;
  return hasOnly(patch, "metadata") && hasOnly(Object.values(patch)[0], "labels");
}

/**
 * Whether a mapping has only this key, possibly in an anchor of Kyverno: `+(labels)` adds labels that are not
 * set.
 */
function hasOnly(value: unknown, key: string): boolean {
  if (!isMapping(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === key || keys[0] === `+(${key})`);
}

function mayMatch({ match, mutate }: Mapping, facts: RawWorkload): boolean {
  const targets = valueAt(mutate, "targets");
  if (Array.isArray(targets)) return mappingsIn(targets).some((one) => mayBe(textOf(one["kind"]), facts));
  if (!isMapping(match)) return true;
  const filters = [
    ...mappingsIn(match["any"]),
    ...mappingsIn(match["all"]),
    ...(isMapping(match["resources"]) ? [match] : []),
  ];
  return filters.length === 0 || filters.some((one) => mayFilter(one["resources"], facts));
}

function mayFilter(resources: unknown, facts: RawWorkload): boolean {
  if (!isMapping(resources)) return true;
  const kinds = textsIn(resources["kinds"]);
  const namespaces = textsIn(resources["namespaces"]);
  const { namespace, pod } = facts;
  return (
    (kinds === undefined || kinds.some((kind) => mayBe(kind, facts))) &&
    (namespaces === undefined ||
      namespace === undefined ||
      namespaces.some((one) => mayName(one, namespace))) &&
    (maySelectPods(withoutWildcards(resources["selector"]), pod.labels) ||
      maySelectPods(withoutWildcards(resources["selector"]), facts.labels))
  );
}

/** Kinds between a workload and its pods; Kyverno applies rules on pods to their controllers, too. */
const OF_PODS: ReadonlySet<string> = new Set(["Job", "Pod", "ReplicaSet"]);

/** Whether a kind in a rule may be the workload's: `Pod`, `v1/Pod`, `apps/v1/Deployment`, `*`. */
function mayBe(named: string, { kind }: RawWorkload): boolean {
  const own = named.split("/").findLast((part) => /^[A-Z*?]/.test(part)) ?? "*";
  const plain = own.split(".")[0] ?? own;
  return /[*?]/.test(plain) || plain === kind || OF_PODS.has(plain);
}

function mayName(pattern: string, name: string): boolean {
  return /[*?]/.test(pattern) || pattern === name;
}

/** The selector without labels that contain wildcards, which may match anything. */
function withoutWildcards(selector: unknown): unknown {
  return /[*?]/.test(JSON.stringify(selector) ?? "") ? undefined : selector;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
