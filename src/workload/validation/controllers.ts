import type { Text } from "../../contract/text.ts";
import {
  checkRange,
  checkText,
  checkWord,
  entries,
  type Field,
  isSet,
  member,
  numberOf,
  reject,
  rejectMissing,
  textOf,
} from "./field.ts";
import { checkNameLength } from "./metadata.ts";
import { checkPodTemplate } from "./pod.ts";
import { checkStrategy } from "./rollout-strategy.ts";
import { SCHEDULE, TIME_ZONE } from "./schedule.ts";
import { checkPlainSelector, checkSelector } from "./selector.ts";

/**
 * Maximum length of a Job's name, which is the value of the label that selects its pods, unless the Job has
 * its own selector.
 */
const JOB_NAME_LENGTH = 63;
/** Longest name of a CronJob, whose controller appends eleven characters to make a Job's. */
const CRON_JOB_NAME_LENGTH = 52;
/** Kubernetes' default progress deadline in seconds. */
const PROGRESS_DEADLINE = 600;

const COUNTS = ["replicas", "minReadySeconds", "revisionHistoryLimit"];
const JOB_COUNTS = [
  "parallelism",
  "completions",
  "backoffLimit",
  "activeDeadlineSeconds",
  "ttlSecondsAfterFinished",
];
const CRON_JOB_COUNTS = ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"];

/** Checks a controller whose pods are always replaced, such as a Deployment. */
export function checkController(kind: string, spec: Field): void {
  for (const count of COUNTS) checkRange(member(spec, count), 0);
  const labels = member(spec, "template", "metadata", "labels");
  if (kind === "ReplicationController") checkPlainSelector(member(spec, "selector"), labels);
  else checkSelector(member(spec, "selector"), labels);
  if (kind === "Deployment") checkDeployment(spec);
  if (kind === "StatefulSet") checkWord(member(spec, "podManagementPolicy"), ["OrderedReady", "Parallel"]);
  checkWord(member(spec, "updateStrategy", "type"), ["RollingUpdate", "OnDelete"]);
  const pod = member(spec, "template", "spec");
  const policy = member(pod, "restartPolicy");
  if (policy.value === "OnFailure" || policy.value === "Never") reject(policy, ONLY_ALWAYS);
  const deadline = member(pod, "activeDeadlineSeconds");
  if (isSet(deadline)) reject(deadline, NO_DEADLINE);
  checkPodTemplate(member(spec, "template"), claimsOf(spec));
}

function checkDeployment(spec: Field): void {
  checkStrategy(member(spec, "strategy"));
  const deadline = member(spec, "progressDeadlineSeconds");
  const ready = numberOf(member(spec, "minReadySeconds")) ?? 0;
  if ((numberOf(deadline) ?? PROGRESS_DEADLINE) <= ready) reject(deadline, TOO_SOON);
}

function claimsOf(spec: Field): readonly string[] {
  return entries(member(spec, "volumeClaimTemplates")).map(
    (claim) => textOf(member(claim, "metadata", "name")) ?? "",
  );
}

export function checkJob(metadata: Field, spec: Field): void {
  if (member(spec, "manualSelector").value !== true) checkNameLength(metadata, JOB_NAME_LENGTH);
  checkJobSpec(spec);
}

export function checkCronJob(metadata: Field, spec: Field): void {
  checkNameLength(metadata, CRON_JOB_NAME_LENGTH);
  const schedule = member(spec, "schedule");
  if ((schedule.value ?? "") === "") rejectMissing(schedule);
  checkText(schedule, SCHEDULE);
  checkText(member(spec, "timeZone"), TIME_ZONE);
  checkWord(member(spec, "concurrencyPolicy"), ["Allow", "Forbid", "Replace"]);
  for (const count of CRON_JOB_COUNTS) checkRange(member(spec, count), 0);
  checkJobSpec(member(spec, "jobTemplate", "spec"));
}

function checkJobSpec(spec: Field): void {
  for (const count of JOB_COUNTS) checkRange(member(spec, count), 0);
  const [mode, completions] = [member(spec, "completionMode"), member(spec, "completions")];
  checkWord(mode, ["NonIndexed", "Indexed"]);
  if (mode.value === "Indexed" && !isSet(completions)) rejectMissing(completions);
  const policy = member(spec, "template", "spec", "restartPolicy");
  if (["Always", "", undefined].includes(policy.value as string | undefined)) reject(policy, OF_JOBS);
  checkPodTemplate(member(spec, "template"), []);
}

const ONLY_ALWAYS: Text = {
  fr: "n'admet ici que Always",
  en: "can only be Always here",
};

const NO_DEADLINE: Text = {
  fr: "ne va pas avec des pods qui sont toujours remplacés",
  en: "cannot be set on pods that are always replaced",
};

const TOO_SOON: Text = {
  fr: "doit dépasser minReadySeconds",
  en: "must be greater than minReadySeconds",
};

const OF_JOBS: Text = {
  fr: "doit valoir OnFailure ou Never dans un Job",
  en: "must be OnFailure or Never in a Job",
};
