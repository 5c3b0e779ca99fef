import type { RawWorkload } from "../contract/workload-facts.ts";
import type { Skipped } from "./objects/problem.ts";

/** A workload, with the parts that the platform's operators are responsible for. */
export interface OwnedWorkload {
  readonly facts: RawWorkload;
  readonly operated?: Skipped;
}

/**
 * Removes a workload's overlays if its kind is run by an operator of the platform, which is then responsible for the
 * pods.
 *
 * @param operatedKinds `group/Kind`, from the platform's policy
 */
export function withoutOperated(facts: RawWorkload, operatedKinds: readonly string[]): OwnedWorkload {
  const { overlays, ...rest } = facts;
  if (overlays === undefined || !operatedKinds.includes(overlays.kind)) return { facts };
  const { at } = facts;
  if (at.in === "api") return { facts: rest };
  const { kind } = overlays;
  return { facts: rest, operated: { reason: "pods", kind, file: at.file, line: at.line, message: LEFT } };
}

const LEFT = {
  fr: "la plateforme répond de ce que cet objet change dans ses pods (operatedKinds)",
  en: "the platform answers for what this object changes in its pods (operatedKinds)",
};
