import { quoted } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { type WorkloadName, workloadsOf } from "./workload-of.ts";

/** An entry of the policy by which pods are observed, not refused. */
export type Observation = NonNullable<AdmissionSettings["observe"]>[number];

/**
 * Entry by which the pods of a request are observed the longest; undefined from the day after its end on.
 *
 * @param now milliseconds, as Date.now()
 */
export function observationOf(
  { observe = [] }: AdmissionSettings,
  request: AdmissionRequest,
  now: number,
): Observation | undefined {
  if (observe.length === 0) return undefined;
  const today = new Date(now).toISOString().slice(0, 10);
  const workloads = [...workloadsOf(request), ...controllerOf(request)].map(
    ({ kind, name }) => `${kind}/${name}`,
  );
  const found = observe.filter(
    ({ until, namespace = request.namespace, workloads: named }) =>
      until >= today &&
      namespace === request.namespace &&
      (named === undefined || workloads.some((one) => named.includes(one))),
  );
  return found.toSorted((a, b) => (a.until < b.until ? 1 : -1))[0];
}

/** The object itself, if it creates pods: the warnings of a Deployment speak of its pods. */
function controllerOf({ resource, object, name }: AdmissionRequest): readonly WorkloadName[] {
  const kind = object?.["kind"];
  return resource === "pods" || typeof kind !== "string" ? [] : [{ kind, name }];
}

/** Sentence that stands in every answer about an observed pod. */
export function observationText({ until, reason }: Observation, lang: Lang): string {
  const text: Text = {
    fr: `douane : observation jusqu'au ${until} inclus (${quoted(reason)}) ; ensuite tout est appliqué.`,
    en: `douane: observing up to and including ${until} (${quoted(reason)}); then all is enforced.`,
  };
  return text[lang];
}

/** Warnings about a pod that will be refused. */
export function wouldRefuse(message: string, lang: Lang): string {
  return lang === "fr" ? `douane : serait refusé : ${message}` : `douane: would be refused: ${message}`;
}
