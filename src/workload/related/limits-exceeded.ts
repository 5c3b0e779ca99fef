// LimitRanges that have the API server refuse the pods (k8s.io/kubernetes, plugin/pkg/admission/limitranger).

import { formatPath } from "../../contract/field-path.ts";
import { shownLocation } from "../../contract/object-location.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { type InvalidField, podField } from "../../contract/workload-facts.ts";
import { isMapping } from "../decode/collections.ts";
import { amountOf, isMore } from "../validation/quantity.ts";
import type { RelatedRead } from "./related-object.ts";

type Lists = "containers" | "initContainers";

interface Excess {
  readonly path: string;
  readonly resource: string;
  readonly most: string;
  /** Limit of the container, or of the pod's containers together; absent without a limit. */
  readonly amount?: number;
}

/**
 * The workload with invalid fields for limits that its namespace's LimitRanges, including their defaults, do
 * not allow. A Pod of the cluster was already accepted.
 */
export function withRefusedLimits(facts: RawWorkload, ranges: readonly RelatedRead[]): RawWorkload {
  if (facts.created === true) return facts;
  const found = ranges.flatMap((range) => refusedBy(facts, range));
  return found.length === 0 ? facts : { ...facts, refused: [...(facts.refused ?? []), ...found] };
}

function refusedBy(facts: RawWorkload, range: RelatedRead): readonly InvalidField[] {
  const { bearing, kind, name, at } = range;
  if (bearing.kind !== "limits") return [];
  const title = `${kind} ${excerpt(name)} (${shownLocation(at)})`;
  const excesses = bearing.limits.flatMap(({ type, max }) => {
    const most = isMapping(max) ? Object.entries(max) : [];
    return most.flatMap(([resource, value]) => excessOf(facts, String(type), resource, String(value)));
  });
  return excesses.map(({ path, resource, most, amount }) => {
    const [shown, limit] = [excerpt(resource), excerpt(most)];
    const [fr, en] =
      amount === undefined
        ? ["aucun conteneur n'a de limite", "no container has a limit"]
        : ["la limite est plus grande", "the limit is larger"];
    return {
      path,
      problem: {
        fr: `${title} admet au plus ${limit} de ${shown}, et ${fr} : le serveur d'API refuse les pods`,
        en: `${title} allows ${limit} of ${shown} at most, and ${en}: the API server refuses the pods`,
      },
    };
  });
}

function excessOf(facts: RawWorkload, type: string, resource: string, most: string): readonly Excess[] {
  const { spec } = facts.pod;
  const bound = amountOf(most);
  if (Number.isNaN(bound)) return [];
  if (type === "Container") {
    return (["containers", "initContainers"] as const).flatMap((list) =>
      spec[list].flatMap((one, index): readonly Excess[] => {
        const amount = limitOf(one, resource);
        const path = podField(facts, formatPath(["spec", list, index, "resources", "limits", resource]));
        return amount !== undefined && isMore(amount, bound) ? [{ path, resource, most, amount }] : [];
      }),
    );
  }
  // Limits of the pod as a whole (Kubernetes 1.34) are summed up in another way.
  if (type !== "Pod" || spec.resources !== undefined) return [];
  const amount = totalOf(spec, resource);
  if (amount !== undefined && !isMore(amount, bound)) return [];
  const path = podField(facts, "spec.containers");
  return [{ path, resource, most, ...(amount === undefined ? {} : { amount }) }];
}

/** Sum of the containers' limits, or the maximum of an init container; undefined without limits. */
function totalOf(spec: RawWorkload["pod"]["spec"], resource: string): number | undefined {
  const of = (list: Lists) => spec[list].flatMap((one) => limitOf(one, resource) ?? []);
  const [app, init] = [of("containers"), of("initContainers")];
  if (app.length + init.length === 0) return undefined;
  return Math.max(
    app.reduce((sum, one) => sum + one, 0),
    ...init,
  );
}

function limitOf({ resources }: ContainerFacts, resource: string): number | undefined {
  const limit = resources?.limits?.[resource];
  const amount = limit === undefined ? Number.NaN : amountOf(limit);
  return Number.isNaN(amount) ? undefined : amount;
}
