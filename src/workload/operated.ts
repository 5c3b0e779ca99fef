import type { RawWorkload } from "../contract/workload-facts.ts";
import type { Skipped } from "./objects/problem.ts";

/** A workload, and what of it is left to the platform's operators. */
export interface OwnedWorkload {
  readonly facts: RawWorkload;
  readonly operated?: Skipped;
}

/**
 * Leaves out the overlays of a kind for whose pods the platform answers.
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
