import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { Outcome } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import type { JudgedTrial } from "../../contract/trial-facts.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { missingDependencies } from "../../observations/missing-dependencies.ts";
import { slowAnswers } from "./slow-answers.ts";
import { slowStarts } from "./slow-starts.ts";
import type { TimeProblem } from "./time-problem.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/**
 * The outcome, with the times of the trial compared with the times that the manifest's probes allow: answers
 * with timeoutSeconds, starts with the time until the kubelet restarts the container.
 */
export function withTimes(outcome: Outcome, trial: JudgedTrial, spec: ContainerFacts | undefined): Outcome {
  const problems = [...slowAnswers(trial, spec), ...slowStarts(trial, spec)];
  const judged = problems.map((problem) => ({ ...problem, doubt: doubtOf(trial, problem) }));
  const notes = outcome.notes === undefined ? {} : { notes: outcome.notes };
  const before = outcome.status === "fail" ? outcome.findings : [];
  const [first, ...rest] = [
    ...before,
    ...judged.filter(({ doubt }) => doubt === undefined).map(({ finding }) => finding),
  ];
  if (first !== undefined) return { status: "fail", findings: [first, ...rest], ...notes };
  const doubt = judged.find((one) => one.doubt !== undefined)?.doubt;
  return doubt === undefined ? outcome : { ...doubt, doubtful: true, ...notes };
}

/** The outcome instead of a fail, if the time may have a reason other than the application. */
function doubtOf(trial: JudgedTrial, { finding, isCertain, runs }: TimeProblem): Unproven | undefined {
  const busy = limitedBy(runs, ["processor"]);
  if (busy !== undefined) return busy;
  const missing = runs
    .map((run) => missingDependencies(run, trial.services))
    .find((one) => one !== undefined);
  const { message, remedy } = finding;
  if (missing !== undefined) return unproven(message, missing.what, missing.settle);
  const { reservations: [reservation] = [] } = trial;
  if (reservation !== undefined) return unproven(message, reservation, remedy);
  return isCertain ? undefined : unproven(message, MACHINES, remedy);
}

const MACHINES: Text = {
  fr: "une machine plus rapide, ou le hasard des périodes du kubelet, peut en décider autrement",
  en: "a faster machine, or the chance of the kubelet's periods, may decide otherwise",
};

function unproven(message: Text, why: Text, settle: Text): Unproven {
  return {
    status: "unproven",
    reason: { fr: `${message.fr} ; ${why.fr}`, en: `${message.en}; ${why.en}` },
    settle,
  };
}
