// During the trial, the application logs to stdout or stderr, not to a file (contract 1.2, 1.4).
//
//   *.log, a file in log/ or logs/, or timestamped lines, that grew: anywhere, /tmp included    fail
//   such a file, deleted or in memory, that is held open                                        fail
//   such a file that the application could not open, by its own messages                        fail
//   output on stdout or stderr that grows with the requests, and no such file                   pass
//   output that names the random path of a request, whenever it came before the stop            pass
//   the same, of a request to another container of the pod, which handed it on                  pass
//   output at the start or at the stop only, or without a word (dots); no request answered      unproven
//   output that comes with the requests, and that names none and comes without them, too       unproven
//   a call of a collector's port (syslog, GELF…), or datagrams to an unknown port, while no
//   output names a request                                                                      unproven
//   a collector's port, while the output names a request                                        note
//   such a file in a volume to which another container of the pod may have written it           unproven
//   a file that grew by whole lines with the work, of a form that no known log has              unproven
//   no output, not started (on the root that the manifest gives), or a bound hit                unproven
//   npm's own logs                                                                              note
//   journals of LevelDB (000003.log), data with a time in each line (CSV)                       no log

import { posix } from "node:path";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { foundIn, outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type DeniedWrite, deniedLogs } from "../../observations/denied-writes.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { logLikeFiles, unknownLines } from "../../observations/log-like.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "../../observations/phase-run.ts";
import { notLookedAt, serves, unanswered } from "../../observations/requests.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { mountedReadOnly, type Placed } from "./deployed-runs.ts";
import { heldUntilStop } from "./held-lines.ts";
import { byTheClock } from "./idle-lines.ts";
import { copied, logDestination, mayBeSent } from "./log-ports.ts";
import { namesRandomPath, namesRequests } from "./named-requests.ts";
import { requestLogAdvice } from "./request-log-options.ts";
import { writtenByAny } from "./shared-volume.ts";
import { QUIET, RARE, SILENT, UNHEARD, WORDLESS } from "./silent-output.ts";
import { isSilent, silentTask } from "./silent-task.ts";
import { stablePath } from "./stable-path.ts";
import { trialConditions } from "./trial-conditions.ts";
import { bytesAtWork, hasText, hasWords, isWhole } from "./work-lines.ts";

const ID = "1.2-trial-logs";
const SHOWN = 20;

export const trialLogs = defineRule({
  id: ID,
  rows: ["stdout-logs"],
  title: {
    fr: "Pendant l'essai, l'application ne journalise que sur stdout et stderr",
    en: "During the trial, the application logs to stdout and stderr only",
  },
  why: {
    fr: "La plateforme ne collecte que stdout et stderr : un journal écrit dans un fichier, même sous /tmp, n'arrive nulle part.",
    en: "The platform collects stdout and stderr only: a log written to a file, even below /tmp, gets nowhere.",
  },
  remedy: {
    fr: "Journaliser sur la sortie standard, et désactiver les fichiers de journal.",
    en: "Log to standard output, and turn log files off.",
  },
  needs: ["trial"],
  uses: ["placement", "workload"],
  check(given) {
    const { trial } = given;
    const logs = logLikeFiles(trial);
    const notes = logs
      .filter(({ tool }) => tool)
      .slice(0, SHOWN)
      .map(({ path }) => ofTool(path));
    const own = logs.filter(({ tool }) => !tool);
    const grown = own.filter(({ unsure }) => !unsure).map(({ path }) => path);
    const findings = [
      ...grown.map(finding),
      // A file is reported once, even if a link gives it a second path.
      ...unopened(trial)
        .filter(({ path }) => !grown.some((one) => posix.basename(one) === posix.basename(path)))
        .map(refused),
    ].slice(0, SHOWN);
    const [open, ...more] = own.map(({ path }) => path);
    const outcome = open === undefined ? whenNoneGrew(given) : writtenByAny([open, ...more]);
    return outcomeOf({ findings, notes: [...notes, ...foundIn(outcome).notes] }, outcome);
  },
});

/** Log files that the application tried to write, in any phase. */
function unopened(trial: TrialFacts): readonly DeniedWrite[] {
  const denied = trial.phases.flatMap(({ name, root }) => deniedLogs(runOn(trial, name, root), trial));
  return [...new Map(denied.map((one) => [one.path, one])).values()];
}

/**
 * Outcome if no log file grew: depends on whether the trial would have shown a log file, and on whether the
 * application logs at all.
 */
function whenNoneGrew(given: Placed): Outcome {
  const { trial } = given;
  const [writable, readOnly] = [phaseRun(trial, "writable"), phaseRun(trial, "read-only")];
  // Logging on a writable root proves nothing if the deployed root is read-only.
  const isImposed = mountedReadOnly(given) === true;
  const deployed = isImposed ? readOnly : writable;
  // A log file that the read-only root denies appears only in the phase with a writable root.
  const down = [writable, deployed].find((run) => !worked(run));
  if (down !== undefined) return unobserved(trial, down);
  const [unknown] = unknownLines(trial);
  if (unknown !== undefined) return mayBeLog(unknown);
  const hidden =
    limitedBy([writable, readOnly]) ??
    unanswered(trial, [deployed]) ??
    notLookedAt(trial, "growth") ??
    notLookedAt(trial, "open-files") ??
    notLookedAt(trial, "added-lines");
  if (hidden !== undefined) return hidden;
  return whenHeard(given, isImposed ? [readOnly] : [writable, readOnly].filter(worked));
}

/** Outcome by the output of the runs that count on stdout and stderr, if no file hides a log. */
function whenHeard(given: Placed, up: readonly PhaseRun[]): Outcome {
  const { trial } = given;
  const said = up.flatMap((run) =>
    observed(run.observations, "output")
      .filter((output) => bytesAtWork(output) > 0)
      .map((output) => ({
        ...output,
        asked: serves(trial, run),
        isNaming: namesRandomPath(trial, run, output),
      })),
  );
  const settle = requestLogAdvice(trial);
  const held = heldUntilStop(trial);
  if (said.length === 0) {
    return silentTask(given) ?? held ?? { ...(isSilent(trial) ? SILENT : UNHEARD), settle };
  }
  const growing = said.filter(
    ({ asked, isNaming, before = 0, after = 0 }) => !asked || isNaming || after > before,
  );
  if (growing.length === 0) return notLookedAt(trial, "growth") ?? held ?? { ...QUIET, settle };
  const destination = logDestination(trial);
  const isNamed = up.some((run) => namesRequests(trial, run));
  const isDoubtful = destination?.isKnown === true || growing.some(({ asked }) => asked);
  if (destination !== undefined && isDoubtful && !isNamed) return mayBeSent(destination, settle);
  const working = growing.filter((output) => output.isNaming || hasWords(output));
  if (working.length === 0) return notLookedAtWork(trial, growing) ?? wordless(growing, settle);
  if (!isNamed) {
    const clock = notLookedAt(trial, "idle-output") ?? byTheClock(trial, working, settle);
    if (clock !== undefined) return clock;
  }
  const streams = [...new Set(working.map(({ stream }) => stream))].toSorted().join(", ");
  const seen = trialConditions(trial);
  return {
    status: "pass",
    proof: {
      fr: `l'application écrit sur ${streams} quand elle travaille, et aucun fichier de journal de l'application n'a grossi, ${seen.fr}`,
      en: `the application writes to ${streams} as it works, and no log file of the application grew, ${seen.en}`,
    },
    notes: destination === undefined ? [] : copied(destination),
  };
}

type Said = Observed<"output"> & { readonly asked: boolean };

/** Outcome for older evidence of which only beginning and end of a long output are known. */
function notLookedAtWork(trial: TrialFacts, growing: readonly Said[]): Outcome | undefined {
  return growing.every(isWhole) ? undefined : notLookedAt(trial, "work-output");
}

/** Outcome for output without a word. A worker that was silent once it was ready may write more rarely. */
function wordless(growing: readonly Said[], settle: Text): Outcome {
  const isRare = growing.every((output) => !output.asked && !hasText(output));
  return isRare ? RARE : { ...WORDLESS, settle };
}

/** Outcome for a file written line by line that may or may not be a log. */
function mayBeLog(path: string): Outcome {
  const shown = excerpt(path);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${shown} grossit de lignes entières quand l'application travaille, et rien ne dit si c'est un journal`,
      en: `not observed: ${shown} grows by whole lines as the application works, and nothing says whether it is a log`,
    },
    settle: {
      fr: `Si c'en est un, l'écrire sur stdout au lieu de ${shown} ; si ce sont des données, les confier à un service, ou les écrire dans un format de données (.csv, .json…).`,
      en: `If it is one, write it to stdout instead of ${shown}; if it is data, give it to a service, or write it in a format of data (.csv, .json…).`,
    },
  };
}

function refused({ path, line }: DeniedWrite): Finding {
  const shown = excerpt(path);
  return {
    message: {
      fr: `l'application essaie d'ouvrir le fichier de journal ${shown} : ${excerpt(line)}`,
      en: `the application tries to open the log file ${shown}: ${excerpt(line)}`,
    },
    remedy: logTo(shown),
    fingerprint: fingerprint(ID, stablePath(path)),
    at: { path },
  };
}

function ofTool(path: string): Finding {
  const shown = excerpt(path);
  return {
    message: {
      fr: `${shown} est le journal d'un outil qui démarre l'application, et non le sien`,
      en: `${shown} is the log of a tool that starts the application, not its own`,
    },
    fingerprint: fingerprint(ID, stablePath(path)),
    at: { path },
  };
}

function finding(path: string): Finding {
  const shown = excerpt(path);
  return {
    message: { fr: `le fichier de journal ${shown} a grossi`, en: `the log file ${shown} grew` },
    remedy: logTo(shown),
    fingerprint: fingerprint(ID, stablePath(path)),
    at: { path },
  };
}

function logTo(shown: string): Text {
  return { fr: `Journaliser sur stdout au lieu de ${shown}.`, en: `Log to stdout instead of ${shown}.` };
}
