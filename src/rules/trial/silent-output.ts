import type { Outcome } from "../../contract/rule.ts";

// Outcomes of 1.2-trial-logs for output that shows no log of the work.

export const SILENT = {
  status: "unproven",
  reason: {
    fr: "non observé : l'application n'a rien écrit, ni sur stdout et stderr, ni dans un journal",
    en: "not observed: the application wrote nothing, neither to stdout and stderr, nor to a log",
  },
} as const;

export const UNHEARD = {
  status: "unproven",
  reason: {
    fr: "non observé : l'application n'écrit sur stdout ou stderr que lorsqu'on l'arrête, ou dans une phase qui ne compte pas ici, et dans aucun journal",
    en: "not observed: the application writes to stdout or stderr only when it is stopped, or in a phase that does not count here, and to no log",
  },
} as const;

export const WORDLESS = {
  status: "unproven",
  reason: {
    fr: "non observé : ce que l'application écrit sur stdout et stderr quand elle travaille ne contient aucun mot",
    en: "not observed: what the application writes to stdout and stderr while it works contains no words",
  },
} as const;

export const RARE: Outcome = {
  status: "unproven",
  reason: {
    fr: "non observé : une fois démarrée, l'application n'a rien écrit sur stdout ni stderr dans le temps de l'essai",
    en: "not observed: once it had started, the application wrote nothing to stdout or stderr within the time of the trial",
  },
  settle: {
    fr: "Si elle travaille plus rarement, allonger trial.settle (douane.yaml) jusqu'à ce qu'une ligne vienne ; sinon dire sur stdout ce qu'elle fait.",
    en: "If it works more rarely, raise trial.settle (douane.yaml) until a line comes; otherwise say on stdout what it does.",
  },
};

export const QUIET = {
  status: "unproven",
  reason: {
    fr: "non observé : l'application écrit à son démarrage, mais rien de ce qu'on lui demande ensuite n'arrive sur stdout ni stderr",
    en: "not observed: the application writes at its start, but nothing of what it is asked then gets to stdout or stderr",
  },
} as const;
