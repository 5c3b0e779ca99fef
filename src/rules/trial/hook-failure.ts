import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { HookEvent } from "../../contract/trial-events.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type MissingDependencies, missingDependencies } from "../../observations/missing-dependencies.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { phaseRun } from "../../observations/phase-run.ts";
import { APART } from "./trial-conditions.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/** A hook that failed on trial, and what else than the hook can be the reason. */
export interface HookFailure {
  readonly event: Observed<"hook">;
  /** `preStop (exec)`, for messages. */
  readonly name: string;
  /** What it answered: `exit 1`, `ECONNREFUSED`. */
  readonly answer: string;
  readonly missing: MissingDependencies | undefined;
}

/** The first failure of a hook; those that a writable root heals are told by what the hook writes there. */
export function hookFailure(trial: TrialFacts, hook: HookEvent["hook"]): HookFailure | undefined {
  // The replica is told another port. Who ended meanwhile leaves nothing to say of the hook.
  const events = observed(trial.observations, "hook").filter(
    (one) => one.hook === hook && !APART.has(one.phase) && one.error !== "ended",
  );
  const readOnly = events.filter(({ root }) => root === "read-only");
  const healed = readOnly.every(({ ok }) => !ok) && events.some(({ root, ok }) => root === "writable" && ok);
  const event = events.find(({ ok, root }) => !ok && !(healed && root === "read-only"));
  if (event === undefined) return undefined;
  return {
    event,
    name: `${hook} (${event.does})`,
    answer: excerpt(event.error ?? "?"),
    missing: missingDependencies(phaseRun(trial, event.phase)),
  };
}

/** What a failure leaves open while a dependency is missing. */
export function unprovenHook({ name, answer }: HookFailure, { what, settle }: MissingDependencies): Unproven {
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${name} échoue (${answer}), ${what.fr}`,
      en: `not observed: ${name} fails (${answer}), ${what.en}`,
    },
    settle,
  };
}
