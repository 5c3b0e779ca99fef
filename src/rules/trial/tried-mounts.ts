import type { Finding } from "../../contract/finding.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { causeLine } from "../../observations/cause-line.ts";
import { crashRemedy } from "../../observations/crash-remedy.ts";
import { exitWords } from "../../observations/exit-words.ts";
import { logMounts } from "../../observations/log-mounts.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, worked } from "../../observations/phase-run.ts";
import { brokenRestart, hasHelped } from "../../observations/proposed-mounts.ts";
import { responseDiff } from "../../observations/response-diff.ts";
import { unobserved } from "../../observations/unobserved.ts";

/**
 * Replaces the guessed remedy of a failed outcome by the one that the trial verified, or by the reason it
 * failed.
 */
export function withTried(outcome: Outcome, trial: TrialFacts, manifest: MountedRoot): Outcome {
  if (outcome.status !== "fail" || trial.tried === undefined) return outcome;
  const remedy = triedRemedy(trial, trial.tried.mounts, manifest);
  if (remedy === undefined) return outcome;
  const remedied = (finding: Finding): Finding => {
    return finding.remedy === TO_STDOUT ? finding : { ...finding, remedy };
  };
  const [first, ...more] = outcome.findings;
  return { ...outcome, findings: [remedied(first), ...more.map(remedied)] };
}

/** Remedy for logs: a volume would only keep files that the row on logs refuses. */
export const TO_STDOUT: Text = {
  fr: "Journaliser sur stdout : plus rien n'y sera écrit, et il n'y faut aucun volume.",
  en: "Log to stdout: nothing will be written there any more, and no volume is needed.",
};

/** Root file system in the workload's manifest: no manifest, writable, or read-only. */
export type MountedRoot = "none" | "writable" | "read-only";

/** Remedy verified by the trial; undefined if it adds nothing to the rule's. */
function triedRemedy(trial: TrialFacts, mounts: readonly string[], manifest: MountedRoot): Text | undefined {
  const isPlaced = manifest !== "none";
  const logs = logMounts(trial, mounts);
  const list = listOf(
    mounts.filter((mount) => !logs.includes(mount)),
    trial,
    isPlaced,
  );
  const again = brokenRestart(trial);
  const apart = logWords(logs.map(excerpt).join(", "));
  if (hasHelped(trial)) return helped(list, apart, manifest === "read-only");
  if (again !== undefined) return onlyOnce(list, apart, howItFailed(trial, again));
  // A crash for lack of a variable, file or module is not caused by the mounts.
  const tried = phaseRun(trial, "tried");
  const crash = tried.state === "exited" ? crashRemedy(tried, trial.platform) : undefined;
  return crash ?? inVain(listOf(mounts, trial, true), whyNot(trial));
}

/**
 * List of mounts for a sentence.
 *
 * @param isPlaced false: adds the trial's own /tmp if the application wrote to it
 */
function listOf(mounts: readonly string[], { observations }: TrialFacts, isPlaced: boolean): string {
  const usesTemporary = !isPlaced && observed(observations, "write").some(({ area }) => area === "/tmp");
  const paths = [...mounts, ...(usesTemporary ? ["/tmp"] : [])];
  return paths.map(excerpt).join(", ");
}

function helped(list: string, apart: Text, isSet: boolean): Text | undefined {
  const mounts = mountsWords(list);
  if (isSet) return list === "" ? undefined : onlyMounts(list, apart);
  return {
    fr: `Fixer « readOnlyRootFilesystem: true »${mounts.fr} : essayé ainsi, l'application fonctionne sur une racine en lecture seule${apart.fr}.`,
    en: `Set \`readOnlyRootFilesystem: true\`${mounts.en}: tried so, the application works on a read-only root${apart.en}.`,
  };
}

/** Remedy if the manifest already mounts the root read-only. */
function onlyMounts(list: string, apart: Text): Text {
  return {
    fr: `Monter un volume emptyDir sur ${list} : essayé ainsi, l'application fonctionne sur la racine en lecture seule que le manifeste impose${apart.fr}.`,
    en: `Mount an emptyDir volume at ${list}: tried so, the application works on the read-only root that the manifest imposes${apart.en}.`,
  };
}

function mountsWords(list: string): Text {
  return list === ""
    ? { fr: "", en: "" }
    : {
        fr: `, et monter un volume emptyDir sur ${list}`,
        en: `, and mount an emptyDir volume at ${list}`,
      };
}

/** Words about mounts for logs. @param logs mounts that were tried only for logs */
function logWords(logs: string): Text {
  return logs === ""
    ? { fr: "", en: "" }
    : {
        fr: `, ses journaux à part (${logs}) : les envoyer sur stdout ou stderr, un volume ne garderait que ce que la ligne stdout-logs refuse`,
        en: `, its logs apart (${logs}): send them to stdout or stderr, a volume would but keep what the row stdout-logs refuses`,
      };
}

function inVain(list: string, why: Text): Text {
  return {
    fr: `Faire écrire l'application dans /tmp, ou là où un volume emptyDir ne masque rien : ceux qui ont été essayés sur ${list} ne suffisent pas (${why.fr}).`,
    en: `Make the application write to /tmp, or where an emptyDir volume hides nothing: those that were tried at ${list} are not enough (${why.en}).`,
  };
}

/** Remedy for an application that fails when it finds its emptyDirs with the content of a previous start. */
function onlyOnce(list: string, apart: Text, why: Text): Text {
  const mounts = mountsWords(list);
  return {
    fr: `Lui faire ignorer ou effacer au démarrage ce qu'un processus tué a laissé (un fichier de pid, un verrou)${mounts.fr} : essayé ainsi, elle démarre une fois, et non à nouveau après kill -9 (${why.fr})${apart.fr}.`,
    en: `Make it ignore or remove at start what a killed process has left (a pid file, a lock)${mounts.en}: tried so, it starts once, and not again after kill -9 (${why.en})${apart.en}.`,
  };
}

/** Reason why the tried mounts did not suffice. */
function whyNot(trial: TrialFacts): Text {
  const [run, writable] = [phaseRun(trial, "tried"), phaseRun(trial, "writable")];
  const [worse] = worked(run) ? responseDiff(run, writable).worse : [];
  if (worse === undefined) return howItFailed(trial, run);
  const { readOnly, writable: other } = worse;
  const [asked, own, good] = [readOnly.asked, readOnly.answer, other.answer].map(excerpt);
  return { fr: `${asked} : ${own}, et non ${good}`, en: `${asked}: ${own}, not ${good}` };
}

function howItFailed(trial: TrialFacts, run: PhaseRun): Text {
  if (run.state === "unready") {
    return {
      fr: "l'application tourne, mais n'a jamais été prête",
      en: "the application runs, but was never ready",
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
