import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { RelatedRead, ServiceReference, Surroundings } from "./related-object.ts";
import { isSameNamespace, selectsPods } from "./services.ts";

/** Certainty that Services lead to a workload's pods. */
export type Target = "these-pods" | "perhaps-these-pods";

/**
 * Whether Services lead to a workload's pods: for certain by a selector among the manifests; perhaps, if a
 * Service is elsewhere, or not named, and nothing else of the namespace can be meant. Undefined otherwise.
 */
export function servicesTarget(
  services: readonly ServiceReference[],
  facts: RawWorkload,
  { near, workloads, names }: Surroundings,
): Target | undefined {
  const own = services
    .map((one) => followed(one, names))
    .filter(
      ({ namespace }) =>
        namespace === undefined || facts.namespace === undefined || namespace === facts.namespace,
    );
  const judged = own.map(({ name }) => ({ name, selectors: selectorsOf(name, near) }));
  const isSelected = judged.some(({ selectors }) => selectors.some((one) => selectsPods(one, facts)));
  if (isSelected) return "these-pods";
  const elsewhere = judged.filter(({ selectors }) => selectors.length === 0).map(({ name }) => name);
  const isOpen = services.length === 0 || elsewhere.length > 0;
  if (!isOpen || facts.lifetime === "batch") return undefined;
  return elsewhere.includes(facts.name) || isAlone(facts, workloads) ? "perhaps-these-pods" : undefined;
}

/** Maximum number of names that are followed from one Service to the next. */
const MOST_NAMES = 5;

/** Service to which a reference leads, by ExternalName Services among the manifests. */
function followed(reference: ServiceReference, names: readonly RelatedRead[]): ServiceReference {
  let at = reference;
  for (let count = 0; count < MOST_NAMES; count += 1) {
    const { name, namespace } = at;
    const next = names.find(
      (one) =>
        one.name === name &&
        (namespace === undefined || one.namespace === undefined || one.namespace === namespace),
    )?.bearing;
    if (next?.kind !== "service" || next.leadsTo === undefined) return at;
    at = next.leadsTo;
  }
  return at;
}

function selectorsOf(
  name: string,
  near: readonly RelatedRead[],
): readonly Readonly<Record<string, unknown>>[] {
  return near.flatMap((one) =>
    one.bearing.kind === "service" && one.name === name && one.bearing.selector !== undefined
      ? [one.bearing.selector]
      : [],
  );
}

/** Whether no other server of the namespace is among the manifests. */
function isAlone(facts: RawWorkload, workloads: readonly RawWorkload[]): boolean {
  return workloads.every(
    (one) => one.name === facts.name || one.lifetime === "batch" || !isSameNamespace(one, facts),
  );
}
