import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { HookEvent } from "../../contract/trial-events.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type MissingDependencies, missingDependencies } from "../../observations/missing-dependencies.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { phaseRun } from "../../observations/phase-run.ts";
import { APART } from "./trial-conditions.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/** A hook that failed in the trial, and other possible reasons. */
export interface HookFailure {
  readonly event: Observed<"hook">;
  /** Name of the hook in messages: `preStop (exec)`. */
  readonly name: string;
  /** Result: `exit 1`, `ECONNREFUSED`. */
  readonly answer: string;
  readonly missing: MissingDependencies | undefined;
}

/** First failure of a hook; failures cured by a writable root are reported as writes instead. */
export function hookFailure(trial: TrialFacts, hook: HookEvent["hook"]): HookFailure | undefined {
  // The replica has another port. If the container ended meanwhile, the hook is not to blame.
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

/** Outcome of a failure while a dependency is missing. */
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
