import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { deniedWrites } from "../../observations/denied-writes.ts";
import { exitWords } from "../../observations/exit-words.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { missingDependencies } from "../../observations/missing-dependencies.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "../../observations/phase-run.ts";
import { refusedWrite } from "../../observations/root-writes.ts";
import { isSlow } from "../../observations/slow.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/** A start that failed for lack of a writable place. */
export interface RefusedStart {
  /** Line of output that reports the denied write. */
  readonly line: string | undefined;
  /** Set if the application starts with a writable root. */
  readonly ever: boolean;
  /** Another container of the pod that ended on the read-only root, too: one may have missed the other. */
  readonly beside?: string;
}

/** Words to follow a finding: the line, and the other container. */
export function startWords({ line, beside }: RefusedStart): Text {
  const said = line === undefined ? "" : ` (${excerpt(line)})`;
  if (beside === undefined) return { fr: said, en: said };
  const name = excerpt(beside);
  return {
    fr: `${said} ; le conteneur ${name} du pod s'est arrêté aussi, et l'un a pu manquer à l'autre`,
    en: `${said}; container ${name} of the pod ended, too, and one may have missed the other`,
  };
}

/** @param writes whether the application wrote to the writable root, or tried to */
export function refusedStart(trial: TrialFacts, writes: boolean): RefusedStart | undefined {
  const [readOnly, writable] = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")];
  if (worked(readOnly)) return undefined;
  if (worked(writable)) {
    const line = refusedWrite(readOnly);
    const own = readOnly.state !== "hindered" && writes;
    return own || line !== undefined || failsThere(trial, readOnly, writable)
      ? { line, ever: true, ...(line === undefined ? endedBeside(readOnly) : {}) }
      : undefined;
  }
  // The user lacked permission even on the writable root.
  const [denied] = hasEnded(writable) ? deniedWrites(writable, trial) : [];
  return denied === undefined ? undefined : { line: denied.line, ever: false };
}

function endedBeside({ observations }: PhaseRun): Pick<RefusedStart, "beside"> {
  const other = observed(observations, "other-container").find(({ was }) => was === "exited");
  return other === undefined ? {} : { beside: other.container };
}

/**
 * Whether the application fails on the read-only root only because of the root: on the read-only root, it
 * ended or was never ready, and the second replica was not ready either, or was not observed.
 */
function failsThere(trial: TrialFacts, readOnly: PhaseRun, writable: PhaseRun): boolean {
  if (limitedBy([readOnly], ["processor", "memory", "processes"]) !== undefined) return false;
  const [second, other] = ROOTS.map((root) => runOn(trial, "replica", root));
  // A failure that also occurs on the writable root has another cause.
  if ((second !== undefined && contradicts(second, readOnly)) || other?.state === "exited") return false;
  return hasEnded(readOnly) || (isUnready(readOnly) && !isSlow(trial, writable));
}

/**
 * Whether a second replica worked where the first start failed. A replica that was ended earlier than the
 * failed start shows nothing.
 */
function contradicts(replica: PhaseRun, first: PhaseRun): boolean {
  if (!worked(replica)) return false;
  return first.exit?.by !== "itself" || upMs(replica) > first.exit.afterMs;
}

/** Milliseconds from start to end; infinite for a completed task or a run without a known end. */
function upMs({ ready, exit }: PhaseRun): number {
  return ready === undefined || exit === undefined
    ? Number.POSITIVE_INFINITY
    : exit.ms - (ready.ms - ready.afterMs);
}

const ROOTS = ["read-only", "writable"] as const;

/** Whether the run is not ready for a reason other than a missing dependency. */
function isUnready(run: PhaseRun): boolean {
  return run.state === "unready" && missingDependencies(run) === undefined;
}

/**
 * Outcome if the application failed in its first start on the read-only root, but worked there as second
 * replica; otherwise undefined.
 */
export function disagreement(trial: TrialFacts): Unproven | undefined {
  const first = phaseRun(trial, "read-only");
  const failed = first.state === "exited" || first.state === "unready";
  if (!failed || !contradicts(runOn(trial, "replica", "read-only"), first)) return undefined;
  const end = first.exit?.by === "itself" ? exitWords(first.exit) : undefined;
  return {
    status: "unproven",
    reason: {
      fr: `non observé : deux démarrages sur la racine en lecture seule se contredisent : la seconde réplique fonctionne, et le premier non${end === undefined ? "" : ` (${end.fr})`}`,
      en: `not observed: two starts on the read-only root disagree: the second replica works, and the first one does not${end === undefined ? "" : ` (${end.en})`}`,
    },
    settle: {
      fr: "Refaire l'essai, au besoin sur une machine moins occupée.",
      en: "Repeat the trial, on a machine that is less busy if need be.",
    },
  };
}

function hasEnded(run: PhaseRun): boolean {
  return run.state === "exited" && run.exit?.outOfMemory !== true && missingDependencies(run) === undefined;
}
