import type { Outcome } from "../contract/rule.ts";
import type { Observed } from "./observed.ts";

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/** Statuses by which frameworks refuse an unknown Host: bad request, forbidden, misdirected. */
const REFUSALS: ReadonlySet<number | undefined> = new Set([400, 403, 421]);

interface Answered {
  readonly event: { readonly kind: string } | Observed<"http">;
}

/**
 * Outcome if every answer of a run is a refusal, including answers to random paths. The application may serve
 * only other hosts (ALLOWED_HOSTS of Django, config.hosts of Rails), and then did nothing during the trial.
 *
 * @param answered requests with an answer
 * @param words texts of all requests with their answers, also of those that got none
 */
export function refusedRequests(
  answered: readonly Answered[],
  words: string | undefined,
): Unproven | undefined {
  const isRefused = ({ event }: Answered): boolean => "status" in event && REFUSALS.has(event.status);
  if (words === undefined || answered.length === 0 || !answered.every(isRefused)) return undefined;
  return {
    status: "unproven",
    reason: {
      fr: `non observé : toute requête est refusée (${words}), comme par une application qui n'accepte que certains noms d'hôte`,
      en: `not observed: every request is refused (${words}), as by an application that accepts certain host names only`,
    },
    settle: {
      fr: "Mettre parmi les manifestes l'Ingress ou la route qui mène au Service de l'application (l'essai en reprend l'hôte), ou l'en-tête Host dans httpHeaders d'une sonde ; sinon donner dans douane.yaml un chemin auquel elle répond (trial.warmUp), ou la requête d'un autre client et sa réponse (trial.requests).",
      en: "Put the Ingress or the route that leads to the application's Service among the manifests (the trial takes its host from there), or the header Host in a probe's httpHeaders; otherwise give in douane.yaml a path that it answers (trial.warmUp), or the request of another client and its answer (trial.requests).",
    },
  };
}
