import { quoted } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { type WorkloadName, workloadsOf } from "./workload-of.ts";

/** Entry of the policy that makes douane observe pods instead of refusing them. */
export type Observation = NonNullable<AdmissionSettings["observe"]>[number];

/**
 * Entry that observes the pods of a request for the longest time; undefined if none applies today: an entry
 * ends after its last day.
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

/** Lines of /readyz about the entries that observe something today; without namespaces, since anybody may read them. */
export function observationNotes({ observe = [] }: AdmissionSettings, now: number): readonly string[] {
  const today = new Date(now).toISOString().slice(0, 10);
  const open = observe.filter(({ until }) => until >= today).map(({ until }) => until);
  const last = open.toSorted().at(-1);
  return last === undefined
    ? []
    : [`observing: ${open.length} of the policy's entries, the last until ${last}`];
}

/** Workload that a controller object is; empty for a pod. */
function controllerOf({ resource, object, name }: AdmissionRequest): readonly WorkloadName[] {
  const kind = object?.["kind"];
  return resource === "pods" || typeof kind !== "string" ? [] : [{ kind, name }];
}

/** Sentence included in every answer about an observed pod. */
export function observationText({ until, reason }: Observation, lang: Lang): string {
  const text: Text = {
    fr: `douane : observation jusqu'au ${until} inclus (${quoted(reason)}) ; les refus sont appliqués ensuite.`,
    en: `douane: observing up to and including ${until} (${quoted(reason)}); refusals are enforced afterwards.`,
  };
  return text[lang];
}

/** Sentence that introduces the causes against a pod that the policy will refuse later. */
export function wouldRefuse(message: string, lang: Lang): string {
  return lang === "fr" ? `douane : serait refusé : ${message}` : `douane: would be refused: ${message}`;
}
