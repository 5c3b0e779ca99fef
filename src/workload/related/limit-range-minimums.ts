// Minimums and ratios of LimitRanges for which the API server refuses pods (k8s.io/kubernetes,
// plugin/pkg/admission/limitranger, minConstraint and limitRequestRatioConstraint).

import { formatPath } from "../../contract/field-path.ts";
import { shownLocation } from "../../contract/object-location.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type InvalidField, podField, type RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping } from "../decode/collections.ts";
import { amountOf, isMore } from "../validation/quantity.ts";
import { type CompletedContainer, totalOf } from "./effective-requests.ts";
import type { RelatedRead } from "./related-object.ts";

interface Bound {
  readonly resource: string;
  readonly amount: number;
  /** The bound as written in the LimitRange. */
  readonly shown: string;
}

/** Invalid fields: one for each bound by which LimitRanges of the namespace refuse a workload's pods. */
export function belowMinimums(
  facts: RawWorkload,
  containers: readonly CompletedContainer[],
  near: readonly RelatedRead[],
): readonly InvalidField[] {
  return near.flatMap((range) => {
    const { bearing, kind, name, at } = range;
    if (bearing.kind !== "limits") return [];
    const title = `${kind} ${excerpt(name)} (${shownLocation(at)})`;
    return bearing.limits.flatMap(({ type, min, maxLimitRequestRatio: ratio }) => {
      if (type !== "Container") return ofPod(facts, containers, title, boundsOf(min));
      const refused = containers.flatMap((one) => [
        ...boundsOf(min).flatMap((bound) => tooLow(one, bound).map((what) => ({ one, bound, what }))),
        ...boundsOf(ratio).flatMap((bound) => tooWide(one, bound).map((what) => ({ one, bound, what }))),
      ]);
      return refused.map(({ one, bound, what }) => ({
        path: podField(facts, formatPath(["spec", one.list, one.index, "resources"])),
        problem: refusal(title, bound, what),
      }));
    });
  });
}

function boundsOf(value: unknown): readonly Bound[] {
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([resource, one]) => {
    const amount = amountOf(one);
    return Number.isNaN(amount) ? [] : [{ resource, amount, shown: String(one) }];
  });
}

function tooLow({ request, limit }: CompletedContainer, { resource, amount }: Bound): readonly Text[] {
  const asked = request(resource);
  const least = Math.min(asked ?? 0, limit(resource) ?? Number.POSITIVE_INFINITY);
  return isMore(amount, least) ? [LOW] : [];
}

function tooWide({ request, limit }: CompletedContainer, { resource, amount }: Bound): readonly Text[] {
  const [asked = 0, most = 0] = [request(resource), limit(resource)];
  return asked === 0 || most === 0 || isMore(most / asked, amount) ? [WIDE] : [];
}

function ofPod(
  facts: RawWorkload,
  containers: readonly CompletedContainer[],
  title: string,
  bounds: readonly Bound[],
): readonly InvalidField[] {
  // Requests of the pod as a whole (Kubernetes 1.34) are summed up in another way.
  if (facts.pod.spec.resources !== undefined) return [];
  const low = bounds.filter(({ resource, amount }) =>
    isMore(amount, totalOf(containers, (one) => one.request(resource)) ?? 0),
  );
  return low.map((bound) => ({
    path: podField(facts, "spec.containers"),
    problem: refusal(title, bound, LOW),
  }));
}

const LOW: Text = { fr: "exige au moins", en: "requires at least" };
const WIDE: Text = {
  fr: "exige une requête et une limite dont le rapport est d'au plus",
  en: "requires a request and a limit, with a ratio of at most",
};

function refusal(title: string, { resource, shown }: Bound, what: Text): Text {
  const [value, of] = [excerpt(shown), excerpt(resource)];
  return {
    fr: `${title} ${what.fr} ${value} (${of}) : le serveur d'API refuse les pods`,
    en: `${title} ${what.en} ${value} (${of}): the API server refuses the pods`,
  };
}
