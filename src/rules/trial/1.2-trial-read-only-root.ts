// During the trial, the image runs on a read-only root and writes nothing to it (contract 1.2).
//
//   starts only on a writable root: the container ends, or is never ready, on the
//   read-only root; the second replica there does not work either                          fail
//   the same, but that replica works, or the machine was too busy                          unproven, with any manifest
//   does not start at all, and reports a refused write                                     fail
//   a request answered worse on the read-only root than on the writable one                fail
//   an orderly stop that fails on the read-only root only: a refused write is reported     fail, otherwise unproven
//   the writable root was written, or a write was refused, and the manifest does not
//   mount the root read-only                                                               fail, with the emptyDirs needed
//   the same, but the manifest mounts it read-only, and all answers were equal             note
//   the same, but a page that is otherwise constant differs between the two roots          unproven
//   VOLUMEs of the image; /tmp, which the platform has to give                             note
//   either run not observed, no request answered, or a bound hit                           unproven

import { posix } from "node:path";
import type { Collected } from "../../contract/evidence.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { InvalidField } from "../../contract/workload-facts.ts";
import { type DeniedWrite, deniedWrites, isLogPath } from "../../observations/denied-writes.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { areLogs } from "../../observations/log-mounts.ts";
import { contains, hidesImage, type NeededMount, neededMounts } from "../../observations/needed-mounts.ts";
import { observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "../../observations/phase-run.ts";
import { unanswered } from "../../observations/requests.ts";
import { rootWrites } from "../../observations/root-writes.ts";
import { unobserved } from "../../observations/unobserved.ts";
import { mountedReadOnly } from "./deployed-runs.ts";
import { type MergedDenial, mergedDenials, mergedMounts } from "./merged-mounts.ts";
import { elsewhere, mountAt, WRITE_ELSEWHERE } from "./mount-remedies.ts";
import { disagreement, type RefusedStart, refusedStart, startWords } from "./refused-start.ts";
import { stablePath } from "./stable-path.ts";
import { trialConditions } from "./trial-conditions.ts";
import { type MountedRoot, TO_STDOUT, withTried } from "./tried-mounts.ts";
import { whenOtherPage } from "./when-other-page.ts";
import { whenResponsesDiffer } from "./when-responses-differ.ts";
import { whenStopsDiffer } from "./when-stops-differ.ts";

const ID = "1.2-trial-read-only-root";
const SHOWN = 20;
const EXAMPLES = 3;

/** Write to the root, or denied write, with its path. */
type WriteFinding = Finding & { readonly at: { readonly path: string } };

type Given = Pick<Collected, "workload" | "placement" | "image"> & { readonly trial: TrialFacts };

export const trialReadOnlyRoot = defineRule({
  id: ID,
  rows: ["read-only-root"],
  title: {
    fr: "Pendant l'essai, l'application n'écrit rien sur le système de fichiers racine",
    en: "During the trial, the application writes nothing to the root file system",
  },
  why: {
    fr: "Ce qui est écrit sur la racine se perd avec le conteneur, et empêche de la monter en lecture seule.",
    en: "What is written to the root is lost with the container, and keeps it from being mounted read-only.",
  },
  remedy: {
    fr: "Écrire dans /tmp ou dans un volume emptyDir, et fixer « readOnlyRootFilesystem: true ».",
    en: "Write to /tmp or to an emptyDir volume, and set `readOnlyRootFilesystem: true`.",
  },
  needs: ["trial"],
  uses: ["placement", "workload", "image"],
  check: (given) => withTried(decided(judge(given), given), given.trial, rootOf(given)),
});

function rootOf(given: Given): MountedRoot {
  if (given.placement === undefined) return "none";
  return mountedReadOnly(given) === true ? "read-only" : "writable";
}

/**
 * Outcome of a failed start: with a read-only root in the manifest, changing the manifest alone does not
 * help.
 */
function decided(outcome: Outcome, given: Given): Outcome {
  const { state } = phaseRun(given.trial, "read-only");
  const hasFailed = state === "exited" || state === "unready";
  return outcome.status === "unproven" && hasFailed && rootOf(given) === "read-only"
    ? { ...outcome, doubtful: true }
    : outcome;
}

function judge(given: Given): Outcome {
  const { trial, image } = given;
  const [readOnly, writable] = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")];
  const { root, volumes } = rootWrites(trial, image);
  const mounts = mergedMounts(neededMounts(trial, root, image), trial).slice(0, SHOWN);
  const starts = (["restart", "after-stop"] as const).map((name) => runOn(trial, name, "read-only"));
  const denied = deniedElsewhere([readOnly, writable, ...starts], trial, mounts);
  const isSet = rootOf(given) === "read-only";
  const found = [
    ...mounts.map((mount) => written(mount, trial, isSet)),
    ...denied.map((one) => tried(one, trial, image)),
  ];
  const notes = [...volumeNotes(volumes.map(({ path }) => path)), ...temporaryNote(given)];
  const refused = refusedStart(trial, found.length > 0);
  if (refused !== undefined) {
    return { status: "fail", findings: [needsRoot(refused, isSet), ...found], notes };
  }
  const answers = whenResponsesDiffer(given, mounts[0]?.writes[0]?.path ?? denied[0]?.path);
  const unlike = answers?.status === "fail" ? answers : (whenStopsDiffer(trial) ?? answers);
  if (unlike?.status === "fail") {
    return { ...unlike, findings: [...unlike.findings, ...found] as typeof unlike.findings, notes };
  }
  const mounted = mountedReadOnly(given);
  if (found.length > 0 && mounted !== false) {
    const outcome =
      unlike ??
      whenOtherPage(given, mounts[0]?.path, [readOnly, ...starts]) ??
      whenMounted(mounted, trial, [readOnly, writable]);
    return { ...outcome, notes: [...found, ...notes] };
  }
  return outcomeOf({ findings: found, notes }, unlike ?? whenClean(trial, readOnly, writable));
}

/** Denied writes to paths where the trial does not observe successful writes. */
function deniedElsewhere(
  runs: readonly PhaseRun[],
  trial: TrialFacts,
  mounts: readonly NeededMount[],
): readonly MergedDenial[] {
  const denied = new Map(
    runs.flatMap((run) => deniedWrites(run, trial)).map((one) => [one.path, one] as const),
  );
  const isElsewhere = ({ path }: DeniedWrite): boolean => !mounts.some((mount) => contains(mount.path, path));
  return mergedDenials([...denied.values()].filter(isElsewhere), trial).slice(0, SHOWN);
}

/** Outcome if the manifest sets a read-only root: writes on the writable root are then not a fault. */
function whenMounted(
  mounted: true | InvalidField,
  trial: TrialFacts,
  runs: readonly [PhaseRun, PhaseRun],
): Outcome {
  if (mounted !== true) return { status: "unproven", reason: mounted.problem };
  // Without a working writable phase, answers cannot be compared.
  const open = runs.find((run) => !worked(run));
  if (open !== undefined) return whenDown(trial, open);
  const silent = unanswered(trial, runs);
  if (silent !== undefined) return silent;
  const seen = trialConditions(trial);
  return {
    status: "pass",
    proof: {
      fr: `l'application fonctionne sur une racine en lecture seule, que le manifeste impose, ${seen.fr}`,
      en: `the application works on a read-only root, which the manifest imposes, ${seen.en}`,
    },
  };
}

function whenClean(trial: TrialFacts, readOnly: PhaseRun, writable: PhaseRun): Outcome {
  const open = [readOnly, writable].find((run) => !worked(run));
  if (open !== undefined) return whenDown(trial, open);
  const hidden = limitedBy(
    [readOnly, writable],
    ["writes", "observations", "deadline", "memory", "processes", "output-rate"],
  );
  const shown = hidden ?? unanswered(trial, [readOnly, writable]);
  if (shown !== undefined) return shown;
  const seen = trialConditions(trial);
  return {
    status: "pass",
    proof: {
      fr: `rien n'a été écrit sur la racine hors des montages, ${seen.fr}`,
      en: `nothing was written to the root outside the mounts, ${seen.en}`,
    },
  };
}

function whenDown(trial: TrialFacts, run: PhaseRun): Outcome {
  const isFirst = run.name === "read-only" && worked(phaseRun(trial, "writable"));
  const doubt = isFirst ? (disagreement(trial) ?? limitedBy([run], ["processor"])) : undefined;
  return doubt ?? unobserved(trial, run);
}

/** @param isSet whether the manifest already mounts the root read-only */
function needsRoot(refused: RefusedStart, isSet: boolean): Finding {
  const said = startWords(refused);
  return {
    message: refused.ever
      ? {
          fr: `l'application ne démarre que si la racine est inscriptible${said.fr}`,
          en: `the application only starts when the root can be written${said.en}`,
        }
      : {
          fr: `l'application ne démarre pas : une écriture lui est refusée${said.fr}`,
          en: `the application does not start: a write was denied${said.en}`,
        },
    ...(isSet ? { remedy: WRITE_ELSEWHERE } : {}),
    fingerprint: fingerprint(ID, "start"),
  };
}

function tried(
  { path, line, mount, others }: MergedDenial,
  trial: TrialFacts,
  image: Given["image"],
): WriteFinding {
  // For a directory that could not be created, the volume is mounted at the directory itself: its parent may
  // contain the program.
  const place = /\bmkdir\b|create (?:the )?directory/i.test(line) ? path : posix.dirname(path);
  const directory = excerpt(place);
  const below = excerpt(mount ?? directory);
  const more =
    others === 0
      ? { fr: "", en: "" }
      : { fr: `, et ${others} fois encore sous ${below}`, en: `, and ${others} more below ${below}` };
  return {
    message: {
      fr: `l'application essaie d'écrire sur le système de fichiers racine : ${excerpt(path)} (${excerpt(line)})${more.fr}`,
      en: `the application tries to write to the root file system: ${excerpt(path)} (${excerpt(line)})${more.en}`,
    },
    remedy: isLogPath(path)
      ? TO_STDOUT
      : place !== path && hidesImage(trial, image, place)
        ? elsewhere(directory)
        : {
            fr: `Monter un volume emptyDir là où elle écrit (${directory}), ou la faire écrire dans /tmp.`,
            en: `Mount an emptyDir volume where it writes (${directory}), or make it write to /tmp.`,
          },
    fingerprint: fingerprint(ID, "denied", stablePath(path)),
    at: { path },
  };
}

function written({ path, hides, writes }: NeededMount, trial: TrialFacts, isSet: boolean): WriteFinding {
  const ready = worked(phaseRun(trial, "read-only"));
  const examples = writes.slice(0, EXAMPLES).map((write) => excerpt(write.path));
  const [list, count] = [examples.join(", "), writes.length];
  const more =
    count <= EXAMPLES
      ? { fr: "", en: "" }
      : {
          fr: `… (${count} chemins sous ${excerpt(path)})`,
          en: `… (${count} paths below ${excerpt(path)})`,
        };
  return {
    message: {
      fr: `l'application écrit sur le système de fichiers racine : ${list}${more.fr}`,
      en: `the application writes to the root file system: ${list}${more.en}`,
    },
    remedy: areLogs(trial, writes)
      ? TO_STDOUT
      : hides
        ? elsewhere(excerpt(path))
        : mountAt(excerpt(path), ready, isSet),
    fingerprint: fingerprint(ID, path),
    at: { path },
  };
}

function volumeNotes(paths: readonly string[]): readonly Finding[] {
  const [first] = paths;
  if (first === undefined) return [];
  const path = excerpt(first);
  return [
    {
      message: {
        fr: `l'application écrit dans un VOLUME de l'image (${path}) : ces données se perdent avec le conteneur`,
        en: `the application writes to a VOLUME of the image (${path}): these data are lost with the container`,
      },
      remedy: {
        fr: "Déclarer un volume emptyDir dans le manifeste, plutôt que VOLUME dans l'image.",
        en: "Declare an emptyDir volume in the manifest rather than VOLUME in the image.",
      },
      fingerprint: fingerprint(ID, "volume"),
    },
  ];
}

/** Note about /tmp: a trial without a manifest provides it, but the platform does not. */
function temporaryNote({ trial, placement }: Given): readonly Finding[] {
  const used =
    observed(trial.observations, "write").some(({ area }) => area === "/tmp") ||
    // Open files count, too: the application may have unlinked them.
    observed(trial.observations, "open-file").some(({ path, memory }) => !memory && path.startsWith("/tmp/"));
  if (!used || placement !== undefined) return [];
  return [
    {
      message: {
        fr: "l'application écrit dans /tmp, que l'essai lui a donné",
        en: "the application writes to /tmp, which the trial gave it",
      },
      remedy: {
        fr: "Monter un volume emptyDir sur /tmp dans le manifeste.",
        en: "Mount an emptyDir volume at /tmp in the manifest.",
      },
      fingerprint: fingerprint(ID, "/tmp"),
      at: { path: "/tmp" },
    },
  ];
}
