// ResourceQuotas that leave no room for a single pod (k8s.io/kubernetes, pkg/quota/v1/evaluator/core/pods.go).

import { shownLocation } from "../../contract/object-location.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type InvalidField, podField, type RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf } from "../objects/kind.ts";
import { amountOf, isMore } from "../validation/quantity.ts";
import { type CompletedContainer, totalOf } from "./effective-requests.ts";
import type { Bearing, RelatedRead } from "./related-object.ts";

type Quota = Extract<Bearing, { readonly kind: "quota" }>;

/** Quota in a ResourceQuota's spec; undefined if the spec bounds nothing. */
export function quotaOf(spec: unknown): Quota | undefined {
  const hard = valueAt(spec, "hard");
  if (!isMapping(hard)) return undefined;
  const scopes = valueAt(spec, "scopes");
  const isSelected = valueAt(spec, "scopeSelector") !== undefined;
  const named = Array.isArray(scopes) ? scopes.map(String) : [];
  return { kind: "quota", hard, scopes: isSelected ? [...named, SELECTED] : named };
}

/** Scope of a quota with a scopeSelector, which is not read. */
const SELECTED = "scopeSelector";

/**
 * Invalid fields: one for each ResourceQuota bound that makes the API server refuse the workload, or every
 * pod of it.
 */
export function beyondQuotas(
  facts: RawWorkload,
  containers: readonly CompletedContainer[],
  near: readonly RelatedRead[],
): readonly InvalidField[] {
  return near.flatMap(({ bearing, kind, name, at }) => {
    if (bearing.kind !== "quota" || !bearing.scopes.every((scope) => isWithin(scope, facts, containers))) {
      return [];
    }
    const title = `${kind} ${excerpt(name)} (${shownLocation(at)})`;
    return Object.entries(bearing.hard).flatMap(([resource, most]) => {
      const why = refusalBy(resource, amountOf(most), facts, containers);
      if (why === undefined) return [];
      const shown = excerpt(`${resource}: ${String(most)}`);
      return [
        {
          path: podField(facts, "spec.containers"),
          problem: {
            fr: `${title} (« ${shown} ») ${why.fr} : le serveur d'API refuse les pods`,
            en: `${title} (${shown}) ${why.en}: the API server refuses the pods`,
          },
        },
      ];
    });
  });
}

/** Whether a quota's scope certainly covers the pods. */
function isWithin(
  scope: string,
  { pod, lifetime }: RawWorkload,
  all: readonly CompletedContainer[],
): boolean {
  const ends = pod.spec.activeDeadlineSeconds !== undefined;
  const asks = all.some((one) => AMOUNTS.some((name) => one.request(name) ?? one.limit(name)));
  switch (scope) {
    case "Terminating":
      return ends;
    case "NotTerminating":
      // A Job's own deadline is not the pod's.
      return !ends && lifetime === "long-running";
    case "BestEffort":
      return !asks;
    case "NotBestEffort":
      return asks;
    default:
      return false;
  }
}

const AMOUNTS = ["cpu", "memory"] as const;

function refusalBy(
  resource: string,
  most: number,
  facts: RawWorkload,
  containers: readonly CompletedContainer[],
): Text | undefined {
  if (Number.isNaN(most)) return undefined;
  if (["pods", "count/pods", `count/${pluralOf(facts)}`].includes(resource))
    return most < 1 ? NONE : undefined;
  const [, side = "requests", name = ""] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(resource) ?? [];
  // Resources of the pod as a whole (Kubernetes 1.34) are summed up in another way.
  if (name === "" || facts.pod.spec.resources !== undefined) return undefined;
  const amount = (one: CompletedContainer) => (side === "limits" ? one.limit(name) : one.request(name));
  const without = containers.find((one) => amount(one) === undefined);
  if (without !== undefined) return unset(`${side}.${name}`, without.name);
  return isMore(totalOf(containers, amount) ?? 0, most) ? TOO_MUCH : undefined;
}

/** Resource of a workload as quotas name it: `deployments.apps`. */
function pluralOf({ apiVersion, kind }: RawWorkload): string {
  const group = groupOf({ apiVersion });
  return `${kind.toLowerCase()}s${group === "" ? "" : `.${group}`}`;
}

const NONE: Text = { fr: "n'en admet aucun", en: "allows none" };
const TOO_MUCH: Text = {
  fr: "est au-dessous de ce que demande un seul pod",
  en: "is below what a single pod asks for",
};

function unset(field: string, container: string): Text {
  return {
    fr: `exige ${field} de chaque conteneur, et ${excerpt(container)} ne l'a pas`,
    en: `requires ${field} of every container, and ${excerpt(container)} does not set it`,
  };
}
