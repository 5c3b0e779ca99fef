import { rowById } from "../contract/rows.ts";
import type { Outcome } from "../contract/rule.ts";
import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { ExitEvent } from "../contract/trial-events.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { causeLine } from "./cause-line.ts";
import { crashRemedy, isOtherFormat, otherProcessor } from "./crash-remedy.ts";
import { deniedWrites } from "./denied-writes.ts";
import { failureWords, settleFailure } from "./dependency-failure.ts";
import { exitWords } from "./exit-words.ts";
import { failedDependency } from "./failed-dependency.ts";
import { limitedBy } from "./limited-by.ts";
import { type MissingDependencies, missingDependencies } from "./missing-dependencies.ts";
import { observed } from "./observed.ts";
import { type PhaseRun, phaseRun, worked } from "./phase-run.ts";
import { seconds } from "./seconds.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;
interface Why {
  readonly reason: Text;
  readonly settle: Text;
}

/**
 * Outcome for a run that proves nothing, with the setting that would help. If the application started in no
 * phase, every rule gets the same outcome.
 */
export function unobserved(trial: TrialFacts, asked: PhaseRun): Unproven {
  const run = failedRun(trial) ?? asked;
  // The run was ended at a bound before it was up.
  const bound = run.state === "cut" ? limitedBy([run], ["processes"]) : undefined;
  if (bound !== undefined) return bound;
  const { reason, settle } = whyUnobserved(trial, run);
  return {
    status: "unproven",
    reason: { fr: `non observé : ${reason.fr}`, en: `not observed: ${reason.en}` },
    settle,
  };
}

const FAILED: ReadonlySet<PhaseRun["state"]> = new Set(["exited", "unready", "start-failed", "hindered"]);

/**
 * Run that best explains why the application started on neither root: the run on the writable root, which
 * shows the application's own faults.
 */
export function failedRun(trial: TrialFacts): PhaseRun | undefined {
  const runs = [phaseRun(trial, "writable"), phaseRun(trial, "read-only")];
  return runs.some(worked) ? undefined : runs.find(({ state }) => FAILED.has(state));
}

export function whyUnobserved(trial: TrialFacts, run: PhaseRun): Why {
  const { state, exit, observations } = run;
  const failed = failedDependency(trial);
  if (failed !== undefined && state !== "start-failed") {
    return { reason: failureWords(failed), settle: settleFailure(failed) };
  }
  const missing = missingDependencies(run, trial.services);
  if (state === "start-failed") return failedToStart(trial, run);
  if (exit?.outOfMemory === true) return OUT_OF_MEMORY;
  if (missing !== undefined && (state === "exited" || state === "unready" || state === "hindered"))
    return missingDependency(trial, run, missing);
  if (state === "exited" && exit !== undefined) return exited(trial, run, exit);
  if (state === "unready") return trial.settings.lifetime === "batch" ? unfinished(trial) : unready(trial);
  const cut = observed([...trial.observations, ...observations], "limit").some(
    ({ what }) => what === "deadline",
  );
  return cut ? DEADLINE : ABSENT;
}

function failedToStart(trial: TrialFacts, { observations }: PhaseRun): Why {
  const messages = observed(observations, "start-failed").map((event) => event.message);
  const message = excerpt(messages.join("; "));
  return {
    reason: {
      fr: `le conteneur n'a pas pu démarrer (${message})`,
      en: `the container could not start (${message})`,
    },
    settle: settleStart(trial, messages),
  };
}

function settleStart({ platform, settings: { messagePath } }: TrialFacts, messages: readonly string[]): Text {
  if (messages.some(isOtherFormat)) return otherProcessor(platform);
  if (messagePath !== undefined && messages.some((one) => one.includes(messagePath))) {
    return leaveMessagePath(messagePath);
  }
  return messages.some((one) => /permission denied/i.test(one)) ? MAKE_EXECUTABLE : CHECK_COMMAND;
}

/** Advice to remove terminationMessagePath, at which the kubelet mounts a file that hides the image's own. */
function leaveMessagePath(path: string): Text {
  const shown = excerpt(path);
  return {
    fr: `Retirer terminationMessagePath: ${shown} du manifeste : le kubelet y monte un fichier vide, qui cache celui de l'image.`,
    en: `Remove terminationMessagePath: ${shown} from the manifest: the kubelet mounts an empty file there, which hides the image's own.`,
  };
}

const MAKE_EXECUTABLE: Text = {
  fr: "Rendre le programme exécutable pour l'utilisateur de l'image, dans le Dockerfile : COPY --chmod=755, ou RUN chmod a+rx sur le fichier et chmod a+x sur ses répertoires.",
  en: "Make the program executable for the image's user in the Dockerfile: COPY --chmod=755, or RUN chmod a+rx for the file and chmod a+x for its directories.",
};

const CHECK_COMMAND: Text = {
  fr: "Vérifier ENTRYPOINT, CMD et WORKDIR, ou donner la commande dans le manifeste (command, args) ; pour une image seule, dans trial.args (douane.yaml).",
  en: "Check ENTRYPOINT, CMD and WORKDIR, or give the command in the manifest (command, args); for an image alone, in trial.args (douane.yaml).",
};

const OUT_OF_MEMORY: Why = {
  reason: {
    fr: "le noyau a arrêté le conteneur, à court de mémoire",
    en: "the kernel ended the container, which was out of memory",
  },
  settle: {
    fr: "Donner plus de mémoire : resources.limits.memory dans le manifeste, ou trial.memory (douane.yaml).",
    en: "Give it more memory: resources.limits.memory in the manifest, or trial.memory (douane.yaml).",
  },
};

function missingDependency(
  { dependencies = [] }: TrialFacts,
  { exit }: PhaseRun,
  { what, settle }: MissingDependencies,
): Why {
  const end = exit === undefined || exit.by !== "itself" ? undefined : exitWords(exit);
  return {
    reason: {
      fr: `${what.fr}${end === undefined ? "" : ` (${end.fr})`}`,
      en: `${what.en}${end === undefined ? "" : ` (${end.en})`}`,
    },
    settle: dependencies.length === 0 ? settle : withKnown(settle, dependencies),
  };
}

/**
 * Advice with the names of known dependencies, since the application may use another name for one of them.
 */
function withKnown({ fr, en }: Text, dependencies: NonNullable<TrialFacts["dependencies"]>): Text {
  const names = dependencies.map(({ name }) => excerpt(name)).join(", ");
  return { fr: `${fr} Tournent déjà à côté : ${names}.`, en: `${en} There run beside it: ${names}.` };
}

function exited(trial: TrialFacts, run: PhaseRun, exit: ExitEvent): Why {
  const end = exitWords(exit);
  const line = causeLine(run);
  const said = line === undefined ? "" : ` : ${excerpt(line)}`;
  const saidEn = line === undefined ? "" : `: ${excerpt(line)}`;
  return {
    reason: { fr: `${end.fr}${said}`, en: `${end.en}${saidEn}` },
    settle: settleExit(trial, run, exit),
  };
}

function settleExit(trial: TrialFacts, run: PhaseRun, exit: ExitEvent): Text {
  const { settings, platform } = trial;
  if (settings.lifetime === "server" && exit.code === 0) {
    return {
      fr: "Pour une tâche qui se termine d'elle-même, écrire « lifetime: batch » sous trial (douane.yaml) ; un serveur reste au premier plan.",
      en: "For a task that ends by itself, write `lifetime: batch` under trial (douane.yaml); a server stays in the foreground.",
    };
  }
  if (deniedWrites(run, trial).length > 0) {
    const { title } = rowById("read-only-root");
    return {
      fr: `Régler d'abord l'écriture refusée : voir l'exigence « ${title.fr} ».`,
      en: `Fix the denied write first: see the requirement "${title.en}".`,
    };
  }
  const { fr, en } = crashRemedy(run, platform) ?? WHAT_IT_LACKS;
  return {
    fr: `${fr} Toute la sortie de l'application : douane trial … --keep RÉPERTOIRE.`,
    en: `${en} Full output: douane trial … --keep FOLDER.`,
  };
}

const WHAT_IT_LACKS: Text = {
  fr: "Donner à l'application ce qui lui manque : ses variables, fichiers et volumes dans le manifeste (pour une image seule : trial.env, trial.files, trial.mounts), les services qu'elle appelle dans trial.dependencies (douane.yaml).",
  en: "Give the application what it lacks: its variables, files and volumes in the manifest (for an image alone: trial.env, trial.files, trial.mounts), the services that it calls in trial.dependencies (douane.yaml).",
};

function unready({ settings }: TrialFacts): Why {
  const wait = seconds(settings.readyMs);
  const ports = settings.ports.join(", ");
  const on =
    ports === ""
      ? { fr: "", en: "" }
      : { fr: ` (ports attendus : ${ports})`, en: ` (ports expected: ${ports})` };
  return {
    reason: { fr: `pas prêt en ${wait.fr}${on.fr}`, en: `not ready within ${wait.en}${on.en}` },
    settle: {
      fr: "Allonger trial.readyTimeout, ou corriger trial.ports (douane.yaml).",
      en: "Raise trial.readyTimeout, or correct trial.ports (douane.yaml).",
    },
  };
}

function unfinished({ settings }: TrialFacts): Why {
  const wait = seconds(settings.readyMs);
  return {
    reason: {
      fr: `la tâche n'est pas terminée après ${wait.fr}`,
      en: `the task had not ended after ${wait.en}`,
    },
    settle: {
      fr: "Allonger trial.readyTimeout (douane.yaml).",
      en: "Raise trial.readyTimeout (douane.yaml).",
    },
  };
}

const DEADLINE: Why = {
  reason: { fr: "la durée totale de l'essai est atteinte", en: "the trial's whole time was up" },
  settle: { fr: "Allonger trial.duration (douane.yaml).", en: "Raise trial.duration (douane.yaml)." },
};

const ABSENT: Why = {
  reason: { fr: "cette phase de l'essai n'a pas eu lieu", en: "this phase of the trial did not take place" },
  settle: {
    fr: "Refaire l'essai une fois que l'application démarre.",
    en: "Repeat the trial once the application starts.",
  },
};
