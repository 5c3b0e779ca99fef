import type { Outcome } from "../../contract/rule.ts";

/** Outcome for ports that listen or answer, but do not accept the trial's connection. */
export function untaken(ports: string): Outcome {
  return {
    status: "unproven",
    reason: {
      fr: `non observé : le port ${ports} est écouté, sans qu'une connexion à l'adresse du pod y aboutisse à la fin de chaque phase`,
      en: `not observed: port ${ports} is listened on, but takes no connection to the pod's address at the end of each phase`,
    },
    settle: {
      fr: "Faire prendre à l'application toute connexion dès qu'elle écoute, ou allonger trial.readyTimeout (douane.yaml).",
      en: "Make the application take every connection as soon as it listens, or raise trial.readyTimeout (douane.yaml).",
    },
  };
}

/** Outcome for ports that were open at first, but were not recorded at the end of a phase. */
export function withoutEnd(ports: string): Outcome {
  return {
    status: "unproven",
    reason: {
      fr: `non observé : rien n'est enregistré du port ${ports} à la fin de chaque phase`,
      en: `not observed: nothing is recorded of port ${ports} at the end of each phase`,
    },
    settle: { fr: "Refaire l'essai (douane trial).", en: "Repeat the trial (`douane trial`)." },
  };
}
