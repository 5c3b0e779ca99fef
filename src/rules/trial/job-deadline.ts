import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import type { Outcome } from "../../contract/rule.ts";
import { manifestPlace, podField, type WorkloadFacts } from "../../contract/workload-facts.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import type { PhaseRun } from "../../observations/phase-run.ts";
import { seconds } from "../../observations/seconds.ts";
import { SLOWER } from "./time-problem.ts";

/**
 * Outcome for a task that took longer during the trial than activeDeadlineSeconds of its Job or pod allows,
 * after which its pods are killed.
 *
 * @param runs runs that ended on their own with 0
 * @returns fail if even a faster machine would not suffice, unproven if it might
 */
export function beyondDeadline(
  id: RuleId,
  runs: readonly PhaseRun[],
  workload: WorkloadFacts | undefined,
): Outcome | undefined {
  if (workload?.lifetime !== "batch") return undefined;
  const limit = deadlineOf(workload);
  const times = runs.flatMap(({ exit }) => (exit?.by === "itself" && exit.code === 0 ? [exit.afterMs] : []));
  const slowest = Math.max(0, ...times);
  if (limit === undefined || slowest <= limit.ms) return undefined;
  const isCertain = Math.min(...times) > limit.ms * SLOWER;
  const [took, allowed] = [seconds(slowest), seconds(limit.ms)];
  const message = {
    fr: `activeDeadlineSeconds laisse ${allowed.fr} à la tâche, qui en a pris ${took.fr} pendant l'essai : elle serait tuée`,
    en: `activeDeadlineSeconds allows the task ${allowed.en}, and it took ${took.en} during the trial: it would be killed`,
  };
  const settle = {
    fr: "Augmenter activeDeadlineSeconds, ou le retirer.",
    en: "Raise activeDeadlineSeconds, or remove it.",
  };
  const busy = limitedBy(runs, ["processor"]);
  if (busy !== undefined) return busy;
  if (!isCertain) return { status: "unproven", reason: message, settle };
  const at = manifestPlace(workload, limit.path);
  const finding = { message, remedy: settle, fingerprint: fingerprint(id, "deadline"), at };
  return { status: "fail", findings: [finding] };
}

interface Deadline {
  readonly ms: number;
  /** Path of the field. */
  readonly path: string;
}

/** The shorter of the deadlines of Job and pod. */
function deadlineOf(workload: WorkloadFacts): Deadline | undefined {
  const ofPod = workload.pod.spec.activeDeadlineSeconds;
  const ofJob = workload.job?.activeDeadlineSeconds;
  const all: readonly Deadline[] = [
    ...(ofPod === undefined
      ? []
      : [{ ms: ofPod * 1_000, path: podField(workload, "spec.activeDeadlineSeconds") }]),
    ...(ofJob === undefined
      ? []
      : [{ ms: ofJob * 1_000, path: workload.podPath.replace(/template$/, "activeDeadlineSeconds") }]),
  ];
  return all.toSorted((a, b) => a.ms - b.ms)[0];
}
