import type { Finding } from "../../contract/finding.ts";
import type { PeerAnswer } from "../../contract/peer-event.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { FilteredPort } from "../../observations/filtered-port.ts";

/**
 * Outcome for ports that accept connections on every address, but serve only local clients. The row stays
 * unproven: the application may allow the addresses of a cluster.
 */
export function localPeersOnly(ports: readonly FilteredPort[], notes: readonly Finding[]): Outcome {
  const list = ports.map(words);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : l'application ne sert que 127.0.0.1 : ${list.map(({ fr }) => fr).join(" ; ")}`,
      en: `not observed: the application serves 127.0.0.1 only: ${list.map(({ en }) => en).join("; ")}`,
    },
    settle: {
      fr: "Répondre à toute adresse (filtre d'adresses, mode protégé ou comptes limités à localhost de l'application) ; si seules certaines pages sont réservées à 127.0.0.1, donner dans trial.warmUp (douane.yaml) un chemin auquel elle répond à tous.",
      en: "Answer every address (the application's filter of addresses, protected mode, or accounts of localhost only); if only some pages are for 127.0.0.1, give in trial.warmUp (douane.yaml) a path that it answers to everybody.",
    },
    notes,
  };
}

function words({ port, path, outside, inside }: FilteredPort): Text {
  const asked = path === undefined ? `:${port}` : `GET :${port}${excerpt(path)}`;
  const [neighbour, local] = [shown(outside), shown(inside)];
  return {
    fr: `${asked} ${local.fr} pour 127.0.0.1, ${neighbour.fr} pour un voisin du pod`,
    en: `${asked} ${local.en} for 127.0.0.1, ${neighbour.en} for a neighbour of the pod`,
  };
}

function shown(answer: PeerAnswer): Text {
  return typeof answer === "number" ? { fr: `${answer}`, en: `${answer}` } : OUTCOMES[answer];
}

const OUTCOMES: Readonly<Record<Exclude<PeerAnswer, number>, Text>> = {
  dismissed: { fr: "fermé aussitôt", en: "closed at once" },
  closed: { fr: "fermé sans réponse", en: "closed without an answer" },
  silent: { fr: "sans réponse", en: "no answer" },
  answered: { fr: "répond", en: "answers" },
};
