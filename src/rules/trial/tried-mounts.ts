import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { causeLine } from "./cause-line.ts";
import { exitWords } from "./exit-words.ts";
import { observed } from "./observed.ts";
import { type PhaseRun, phaseRun, worked } from "./phase-run.ts";
import { hasHelped } from "./proposed-mounts.ts";
import { unlikeAnswers } from "./unlike-answers.ts";
import { unobserved } from "./unobserved.ts";

/** A fail with the remedy that was tried in place of what would have been guessed, or with why it did not help. */
export function withTried(outcome: Outcome, trial: TrialFacts, isPlaced: boolean): Outcome {
  if (outcome.status !== "fail" || trial.tried === undefined) return outcome;
  const { mounts } = trial.tried;
  const remedy = hasHelped(trial)
    ? helped(listOf(mounts, trial, isPlaced))
    : inVain(listOf(mounts, trial, true), whyNot(trial));
  const [first, ...more] = outcome.findings;
  return { ...outcome, findings: [{ ...first, remedy }, ...more.map((finding) => ({ ...finding, remedy }))] };
}

/** @param isPlaced without a manifest the trial gave a /tmp, which one has to give, too */
function listOf(mounts: readonly string[], { observations }: TrialFacts, isPlaced: boolean): string {
  const usesTemporary = !isPlaced && observed(observations, "write").some(({ area }) => area === "/tmp");
  const paths = [...mounts, ...(usesTemporary ? ["/tmp"] : [])];
  return paths.map(excerpt).join(", ");
}

function helped(list: string): Text {
  return {
    fr: `Fixer « readOnlyRootFilesystem: true », et monter un volume emptyDir sur ${list} : essayé ainsi, l'application fonctionne sur une racine en lecture seule.`,
    en: `Set \`readOnlyRootFilesystem: true\`, and mount an emptyDir volume at ${list}: tried so, the application works on a read-only root.`,
  };
}

function inVain(list: string, why: Text): Text {
  return {
    fr: `Faire écrire l'application dans /tmp, ou là où un volume emptyDir ne masque rien : ceux qui ont été essayés sur ${list} ne suffisent pas (${why.fr}).`,
    en: `Make the application write to /tmp, or where an emptyDir volume hides nothing: those that were tried at ${list} are not enough (${why.en}).`,
  };
}

/** What still failed. */
function whyNot(trial: TrialFacts): Text {
  const [run, writable] = [phaseRun(trial, "tried"), phaseRun(trial, "writable")];
  const [worse] = worked(run) ? unlikeAnswers(run, writable).worse : [];
  if (worse === undefined) return howItFailed(trial, run);
  const { readOnly, writable: other } = worse;
  const [asked, own, good] = [readOnly.asked, readOnly.answer, other.answer].map(excerpt);
  return { fr: `${asked} : ${own}, et non ${good}`, en: `${asked}: ${own}, not ${good}` };
}

function howItFailed(trial: TrialFacts, run: PhaseRun): Text {
  if (run.state === "unready") {
    return {
      fr: "l'application tourne, mais ce qui était attendu d'elle n'est pas venu",
      en: "the application runs, but what was expected of it did not come",
    };
  }
  const { exit } = run;
  if (exit === undefined || exit.by !== "itself") {
    const { reason } = unobserved(trial, run);
    return { fr: reason.fr.replace(/^non observé : /, ""), en: reason.en.replace(/^not observed: /, "") };
  }
  const [end, line] = [exitWords(exit), causeLine(run)];
  const said = line === undefined ? "" : excerpt(line);
  return said === "" ? end : { fr: `${end.fr} : ${said}`, en: `${end.en}: ${said}` };
}
