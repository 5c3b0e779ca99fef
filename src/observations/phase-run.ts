import type { TrialFacts, TrialObservation, TrialPhaseName } from "../contract/trial-facts.ts";
import { failedDependency } from "./failed-dependency.ts";
import { type Observed, observed } from "./observed.ts";

/** One run of the container, with its observations. */
export interface PhaseRun {
  readonly name: TrialPhaseName;
  readonly state: RunState;
  readonly observations: readonly TrialObservation[];
  readonly ready: Observed<"ready"> | undefined;
  readonly exit: Observed<"exit"> | undefined;
}

type RunState =
  /**
   * The run lasted until the trial ended it, and the application was up: a probe or port answered, or none
   * was expected.
   */
  | "serving"
  /** The run, of a batch, ended on its own with code 0. */
  | "completed"
  /** The run ended on its own although it should not have, or with a code other than 0. */
  | "exited"
  /** The run lasted, but the expected answer did not come. */
  | "unready"
  /** The runtime could not start the container. */
  | "start-failed"
  /**
   * The run ended or was not ready because another container of the pod, or a dependency, had failed: its
   * behaviour proves nothing.
   */
  | "hindered"
  /** The trial's time ended before the run did. */
  | "cut"
  /** The phase did not take place. */
  | "absent";

/**
 * The container's run in a phase. A replica that fails on a read-only root gets a second run; the better of
 * the two counts.
 */
export function phaseRun(trial: TrialFacts, name: TrialPhaseName): PhaseRun {
  const runs = (["read-only", "writable"] as const).map((root) => runOn(trial, name, root));
  const [first] = runs.filter(({ state }) => state !== "absent");
  return (
    runs.find(worked) ??
    first ?? { name, state: "absent", observations: [], ready: undefined, exit: undefined }
  );
}

/** Whether the application started and did its work. */
export function worked({ state }: PhaseRun): boolean {
  return state === "serving" || state === "completed";
}

/** The container's run in a phase, on one root. */
export function runOn(trial: TrialFacts, name: TrialPhaseName, root: TrialObservation["root"]): PhaseRun {
  const observations = trial.observations.filter((one) => one.phase === name && one.root === root);
  const took = trial.phases.some((phase) => phase.name === name && phase.root === root);
  const ready = observed(observations, "ready").at(-1);
  const exit = observed(observations, "exit").at(-1);
  const run = { name, observations, ready, exit };
  return { ...run, state: stateOf(trial, run, took) };
}

function stateOf(trial: TrialFacts, run: Omit<PhaseRun, "state">, took: boolean): RunState {
  const state = ownState(trial, run, took);
  if (state === "absent" || state === "start-failed") return state;
  if (failedDependency(trial) !== undefined) return "hindered";
  if (state !== "exited" && state !== "unready") return state;
  const endedAt = run.exit?.ms ?? Number.POSITIVE_INFINITY;
  const hindered = observed(run.observations, "other-container").some(({ ms }) => ms <= endedAt);
  return hindered ? "hindered" : state;
}

function ownState(trial: TrialFacts, run: Omit<PhaseRun, "state">, took: boolean): RunState {
  const { observations, ready, exit } = run;
  if (observed(observations, "start-failed").length > 0) return "start-failed";
  const { lifetime } = trial.settings;
  // In a pod, the container may have been about to restart, with its writes not recorded yet.
  if (!took && trial.beside !== undefined && exit !== undefined) return "cut";
  if (exit?.by === "itself") return lifetime === "batch" && exit.code === 0 ? "completed" : "exited";
  if (lifetime === "batch" && exit !== undefined) return "unready";
  if (ready !== undefined && took) return isUp(trial, run) ? "serving" : "unready";
  return took || observations.length > 0 ? "cut" : "absent";
}

/**
 * Whether the run was up: a listener suffices, even an unexpected listener; a worker without expectations is
 * up while it runs.
 */
function isUp({ settings }: TrialFacts, { observations, ready, exit }: Omit<PhaseRun, "state">): boolean {
  // A port that opened after the stop signal does not count: the signal interrupted the start.
  const askedAt = exit === undefined ? Number.POSITIVE_INFINITY : exit.ms - exit.afterMs;
  if (ready?.by !== "nothing" || observed(observations, "listener").some(({ ms }) => ms <= askedAt))
    return true;
  const expected = settings.ports.length > 0 || settings.triedPaths.length === 0;
  return !expected && observed(observations, "probe").every(({ ok }) => ok);
}
