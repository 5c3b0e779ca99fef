import type { LimitEvent } from "../contract/limit-event.ts";
import type { Outcome } from "../contract/rule.ts";
import type { Text } from "../contract/text.ts";
import { observed } from "./observed.ts";
import type { PhaseRun } from "./phase-run.ts";

interface Bound {
  readonly what: Text;
  readonly settle: Text;
}

const MEMORY: Text = {
  fr: "Donner plus de mémoire : resources.limits.memory dans le manifeste, ou trial.memory (douane.yaml).",
  en: "Give it more memory: resources.limits.memory in the manifest, or trial.memory (douane.yaml).",
};
const LESS: Text = {
  fr: "Réduire ce que l'application fait à vide, ou refaire l'essai avec d'autres réglages : env du manifeste ; pour une image seule, trial.env (douane.yaml).",
  en: "Reduce the work of the idle application, or repeat the trial with other settings: env of the manifest; for an image alone, trial.env (douane.yaml).",
};

const BOUNDS: Readonly<Record<LimitEvent["what"], Bound>> = {
  "output-rate": {
    what: {
      fr: "la sortie a été freinée, tant elle était abondante",
      en: "there was so much output that it was slowed down",
    },
    settle: {
      fr: "Baisser le niveau de journalisation : env du manifeste ; pour une image seule, trial.env (douane.yaml).",
      en: "Lower the log level: env of the manifest; for an image alone, trial.env (douane.yaml).",
    },
  },
  processes: {
    what: {
      fr: "le nombre maximal de processus a été atteint",
      en: "the most processes that are allowed were reached",
    },
    settle: LESS,
  },
  memory: { what: { fr: "la mémoire a manqué", en: "it ran out of memory" }, settle: MEMORY },
  writes: {
    what: {
      fr: "tant de fichiers ont été écrits que tous n'ont pas été vus",
      en: "so many files were written that not all were seen",
    },
    settle: LESS,
  },
  observations: {
    what: {
      fr: "il y a eu plus à observer que ce que l'essai retient",
      en: "there was more to observe than a trial keeps",
    },
    settle: LESS,
  },
  "open-files": {
    what: {
      fr: "elle tient ouverts plus de fichiers, dont certains sans nom, que l'essai n'en regarde",
      en: "it holds more files open, some of them without a name, than a trial looks at",
    },
    settle: LESS,
  },
  deadline: {
    what: { fr: "la durée totale de l'essai a été atteinte", en: "the trial's whole time was up" },
    settle: { fr: "Allonger trial.duration (douane.yaml).", en: "Raise trial.duration (douane.yaml)." },
  },
  processor: {
    what: {
      fr: "la machine était si occupée que l'application attendait un processeur",
      en: "the machine was so busy that the application waited for a processor",
    },
    settle: {
      fr: "Refaire l'essai sur une machine moins occupée, ou allonger trial.readyTimeout (douane.yaml).",
      en: "Repeat the trial on a machine that is less busy, or raise trial.readyTimeout (douane.yaml).",
    },
  },
  neighbours: {
    what: {
      fr: "la table des voisins réseau de la machine était pleine, et des connexions ont échoué de ce fait",
      en: "the machine's table of network neighbours was full, by which connections failed",
    },
    settle: {
      fr: "Refaire l'essai quand la machine en a moins, ou relever net.ipv4.neigh.default.gc_thresh3 (et net.ipv6).",
      en: "Repeat the trial when the machine has fewer of them, or raise net.ipv4.neigh.default.gc_thresh3 (and net.ipv6).",
    },
  },
};

/** Bounds of the machine that judges, by which an application may seem to fail. */
const OF_MACHINE: readonly LimitEvent["what"][] = ["processor", "neighbours"];

/** The bound whose only effect is delay: observations on a busy machine stay valid. */
const LATE_ONLY = "processor";

/** Outcome if other processes used the processor: a missing observation then proves nothing. */
export const BUSY = notToTheEnd("processor");

/**
 * Outcome instead of "nothing was seen" if a bound was reached, since nothing is proven then.
 *
 * @param kinds relevant bounds, `processor` for all bounds of the machine; absent: all but a busy machine
 */
export function limitedBy(
  runs: readonly PhaseRun[],
  kinds?: readonly LimitEvent["what"][],
): Extract<Outcome, { readonly status: "unproven" }> | undefined {
  const limits = runs.flatMap(({ observations }) => observed(observations, "limit"));
  const all = kinds?.includes(LATE_ONLY) === true ? [...kinds, ...OF_MACHINE] : kinds;
  const hit = limits.find(({ what }) => (all === undefined ? what !== LATE_ONLY : all.includes(what)));
  if (hit === undefined) return undefined;
  return notToTheEnd(hit.what);
}

function notToTheEnd(bound: LimitEvent["what"]): Extract<Outcome, { readonly status: "unproven" }> {
  const { what, settle } = BOUNDS[bound];
  return {
    status: "unproven",
    reason: {
      fr: `non observé jusqu'au bout : ${what.fr}`,
      en: `not observed to the end: ${what.en}`,
    },
    settle,
  };
}
