import { UnavailableError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type {
  TrialFacts,
  TrialObservation,
  TrialPhaseFacts,
  TrialSettings,
} from "../contract/trial-facts.ts";
import { HEALTH_PATHS } from "./health-paths.ts";
import { maskObservation } from "./mask-observation.ts";
import type { FromSupervisor } from "./plan.ts";
import { podDraft } from "./pod-draft.ts";
import { monotonicMs } from "./supervisor/clock.ts";
import type { TrialOptions } from "./trial-options.ts";

/** Unless the settings say otherwise. */
export const DEFAULT_WAITS = {
  readyMs: 30_000,
  settleMs: 750,
  graceMs: 30_000,
  deadlineMs: 10 * 60_000,
} as const;
const REPLICA = { variable: "PORT", port: 18_080 } as const;

/**
 * Runs the image under the Restricted profile, kills it, starts it again, stops it, runs a second
 * replica beside it, and tells what was seen.
 *
 * @throws UnavailableError `trial-failed`, `trial-unmapped-id`; the signal's reason
 */
export async function runTrial(options: TrialOptions): Promise<TrialFacts> {
  const { executor, subject, watch } = options;
  assertMapped(options);
  const settings = settingsOf(options);
  const origin = monotonicMs();
  const phases: TrialPhaseFacts[] = [];
  const observations: TrialObservation[] = [];
  const hear = (said: FromSupervisor): void => {
    if (said.type === "phase") {
      phases.push(said.phase);
      watch?.(said.phase);
    } else if (said.type === "observation") {
      const seen = maskObservation(said.observation, options.mask);
      observations.push(seen);
      watch?.(seen);
    }
  };
  const deadlineMs = Math.min(options.waits?.deadlineMs ?? DEFAULT_WAITS.deadlineMs, LIMITS.trialMs);
  // When one pod fails, the other one's outcome is of no use.
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const pods = (["main", "replica"] as const).map(async (name) => {
    const plan = executor.pods.plan(podDraft(name, options, settings, { origin, deadlineMs }));
    try {
      await executor.pods.run(plan, hear, signal);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
  for (const outcome of await Promise.allSettled(pods)) {
    if (outcome.status === "rejected") throw failed.signal.reason ?? outcome.reason;
  }
  return {
    ...subject,
    executor: executor.facts,
    settings,
    durationMs: Math.round(monotonicMs() - origin),
    phases: phases.toSorted((a, b) => a.startMs - b.startMs),
    observations: observations.toSorted((a, b) => a.ms - b.ms),
  };
}

function settingsOf({ lifetime, ports, probes, waits, replica, stopSignal }: TrialOptions): TrialSettings {
  const { readyMs, settleMs, graceMs } = { ...DEFAULT_WAITS, ...waits };
  return {
    lifetime,
    readyMs,
    settleMs,
    graceMs,
    stopSignal: stopSignal ?? "SIGTERM",
    ports,
    replica: { ...REPLICA, ...replica },
    triedPaths: probes.some(({ does }) => "http" in does) ? [] : HEALTH_PATHS,
  };
}

/** A user namespace has only so many ids; a process cannot get any other. */
function assertMapped({ executor, start: { user } }: TrialOptions): void {
  const id = [user.uid, user.gid, ...user.additionalGids].find((id) => id >= executor.idCount);
  if (id === undefined) return;
  throw new UnavailableError("trial-unmapped-id", {
    fr: `l'essai ne peut pas donner l'identifiant ${id} à un processus : cet utilisateur n'en a que ${executor.idCount} (/etc/subuid, /etc/subgid). Lui en attribuer davantage, ou lancer l'essai en root.`,
    en: `the trial cannot give the id ${id} to a process: this user has only ${executor.idCount} of them (/etc/subuid, /etc/subgid). Assign more, or run the trial as root.`,
  });
}
