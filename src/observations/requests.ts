import { answerText, finalStatus } from "../contract/http-answer.ts";
import type { Outcome } from "../contract/rule.ts";
import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { TrialCapability, TrialFacts, TrialObservation } from "../contract/trial-facts.ts";
import { missingDependencies } from "./missing-dependencies.ts";
import { type Observed, observed } from "./observed.ts";
import type { PhaseRun } from "./phase-run.ts";
import { UNHEARD } from "./probe-results.ts";
import { refusedRequests } from "./refused-requests.ts";

/** A request to the container with its best answer. */
export interface Request {
  /**
   * Text of the request: `GET :8080/`, `exec redis-cli ping`, `tcp :6667`, `udp :53 (2)`; `GET :8080/…` for a
   * random path; `GET :8080/ (Host: a.example)` for another Host than the address.
   */
  readonly asked: string;
  /** Best answer: `200`, `ok`, `timeout`. */
  readonly answer: string;
  /** Whether any answer came. */
  readonly answered: boolean;
  /** Quality of the answer: 0 none, 1 a server error, 2 a client error, 3 good. */
  readonly rank: number;
  readonly event: Observed<"http"> | Observed<"probe"> | Observed<"exchange"> | Observed<"served">;
}

type Unproven = Extract<Outcome, { readonly status: "unproven" }>;

/** Requests of a run, each once. */
export function requestsOf({ observations }: Pick<PhaseRun, "observations">): readonly Request[] {
  const requests = new Map<string, Request>();
  for (const event of observations) {
    const request = requestOf(event);
    if (request === undefined) continue;
    const before = requests.get(request.asked);
    if (before === undefined || before.rank < request.rank) requests.set(request.asked, request);
  }
  return [...requests.values()];
}

function requestOf(event: TrialObservation): Request | undefined {
  if (event.kind === "http") {
    const { why, port, path, host, status, sentHost } = event;
    const shown = why === "random" ? "/…" : path;
    const named = sentHost === undefined ? "" : ` (Host: ${sentHost})`;
    return {
      asked: `GET ${HOSTS[host ?? "ipv4"]}:${port}${shown}${named}`,
      answer: answerText(event, "?"),
      answered: status !== undefined,
      rank: status === undefined ? 0 : rankOf(finalStatus(event) ?? 500),
      event,
    };
  }
  if (event.kind === "exchange") {
    const { protocol, port, number, ok, error = "?" } = event;
    const place = number === undefined ? "" : ` (${number})`;
    const answer = ok ? "ok" : error;
    return { asked: `${protocol} :${port}${place}`, answer, answered: ok, rank: ok ? 3 : 0, event };
  }
  if (event.kind === "served") {
    return { asked: `tcp 127.0.0.1:${event.port}`, answer: "ok", answered: true, rank: 3, event };
  }
  if (event.kind !== "probe") return undefined;
  const { does, target, ok, error = "?" } = event;
  const answered = does === "grpc" ? ok || !UNHEARD.test(error) : does === "exec" && ok;
  return { asked: `${does} ${target}`, answer: ok ? "ok" : error, answered, rank: ok ? 3 : 0, event };
}

/** Address of the pod in texts; empty for IPv4, the default. */
const HOSTS = { ipv4: "", ipv6: "[::]", loopback: "127.0.0.1" } as const;

function rankOf(status: number): number {
  if (status >= 500) return 1;
  return status >= 400 ? 2 : 3;
}

/**
 * Whether the application serves: something listens, or is expected to. A worker or a batch gets no requests.
 */
export function serves({ settings }: TrialFacts, run: PhaseRun): boolean {
  if (settings.lifetime === "batch") return false;
  return settings.ports.length > 0 || observed(run.observations, "listener").length > 0;
}

/**
 * Outcome if a run had no answered request, so that a missing observation proves nothing; undefined if every
 * server answered in each run and every worker reached its services.
 */
export function unanswered(trial: TrialFacts, runs: readonly PhaseRun[]): Unproven | undefined {
  const serving = runs.filter((run) => serves(trial, run));
  if (serving.length === 0) return idle(trial, runs);
  const old = notLookedAt(trial, "answers");
  if (old !== undefined) return old;
  const silent = serving.find((run) => !requestsOf(run).some(({ answered }) => answered));
  if (silent === undefined) return refusedIn(serving);
  const asked = requestWords(requestsOf(silent));
  return {
    status: "unproven",
    reason: {
      fr: `non observé : aucune requête n'a reçu de réponse${asked === undefined ? "" : ` (${asked})`}`,
      en: `not observed: no request was answered${asked === undefined ? "" : ` (${asked})`}`,
    },
    settle: {
      fr: "Donner à l'essai une requête à laquelle l'application répond : une sonde exec, grpc ou http (trial.probes), trial.warmUp pour HTTP, trial.requests pour un autre protocole (douane.yaml).",
      en: "Give the trial a request that the application answers: an exec, grpc or http probe (trial.probes), trial.warmUp for HTTP, trial.requests for another protocol (douane.yaml).",
    },
  };
}

function refusedIn(serving: readonly PhaseRun[]): Unproven | undefined {
  for (const run of serving) {
    const requests = requestsOf(run);
    const answered = requests.filter((request) => request.answered);
    const refused = refusedRequests(answered, requestWords(requests));
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/**
 * Outcome if a worker keeps running without its queue and so has nothing to do. A telemetry host does not count as a
 * queue if the worker's probe succeeds, or if a dependency of the trial served it.
 */
function idle(trial: TrialFacts, runs: readonly PhaseRun[]): Unproven | undefined {
  if (trial.settings.lifetime === "batch") return undefined;
  for (const run of runs) {
    const needless = isAtWork(run) ? trial.settings.telemetry : [];
    const missing = missingDependencies(run, trial.services, needless);
    if (missing === undefined) continue;
    const { what, settle } = missing;
    return {
      status: "unproven",
      reason: { fr: `non observé : ${what.fr}`, en: `not observed: ${what.en}` },
      settle,
    };
  }
  return undefined;
}

function isAtWork({ observations }: PhaseRun): boolean {
  const succeeded = observed(observations, "probe").some(({ does, ok }) => does === "exec" && ok);
  const calls = observed(observations, "connect");
  return succeeded || calls.some(({ served, own }) => served === true && own !== true);
}

/** Outcome for older trials without a record of this aspect. */
export function notLookedAt({ looks = [] }: TrialFacts, look: TrialCapability): Unproven | undefined {
  if (looks.includes(look)) return undefined;
  return {
    status: "unproven",
    reason: NOT_LOOKED_AT[look],
    settle: {
      fr: "Refaire l'essai avec cette version de douane (douane trial).",
      en: "Repeat the trial with this version of douane (`douane trial`).",
    },
  };
}

const NOT_LOOKED_AT: Readonly<Record<TrialCapability, Text>> = {
  answers: {
    fr: "non observé : l'essai est d'une version de douane qui ne demandait pas GET /",
    en: "not observed: the trial was made by a version of douane that did not ask for GET /",
  },
  "port-ends": {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas les ports à la fin de chaque phase",
    en: "not observed: the trial was made by a version of douane that did not look at ports at the end of each phase",
  },
  growth: {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas si la sortie grossit avec les requêtes",
    en: "not observed: the trial was made by a version of douane that did not record whether the output grows with the requests",
  },
  rereads: {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas quels fichiers sont relus après un redémarrage",
    en: "not observed: the trial was made by a version of douane that did not record which files are read again after a restart",
  },
  "kept-root": {
    fr: "non observé : l'essai est d'une version de douane qui ne relançait pas l'application sur la racine qu'elle a laissée",
    en: "not observed: the trial was made by a version of douane that did not restart the application on the root that it had left",
  },
  "added-lines": {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas quels fichiers grossissent de lignes entières avec les requêtes",
    en: "not observed: the trial was made by a version of douane that did not record which files grow by whole lines with the requests",
  },
  "replaced-files": {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas quels fichiers sont relus avant d'être remplacés",
    en: "not observed: the trial was made by a version of douane that did not record which files are read again before they are replaced",
  },
  "stopped-volumes": {
    fr: "non observé : l'essai est d'une version de douane qui ne relançait pas l'application sur ce qu'elle écrit dans ses volumes quand elle s'arrête",
    en: "not observed: the trial was made by a version of douane that did not restart the application with the volumes that it wrote while stopping",
  },
  "sent-packets": {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas à quelles adresses partent des paquets",
    en: "not observed: the trial was made by a version of douane that did not record to which addresses packets are sent",
  },
  redirections: {
    fr: "non observé : l'essai est d'une version de douane qui ne suivait pas les redirections d'une sonde",
    en: "not observed: the trial was made by a version of douane that did not follow a probe's redirections",
  },
  "stopped-starts": {
    fr: "non observé : l'essai est d'une version de douane qui ne relançait pas l'application après un arrêt ordonné",
    en: "not observed: the trial was made by a version of douane that did not restart the application after an orderly stop",
  },
  "replica-readiness": {
    fr: "non observé : l'essai est d'une version de douane qui n'interrogeait pas la readinessProbe de la seconde réplique",
    en: "not observed: the trial was made by a version of douane that did not run the second replica's readinessProbe",
  },
  "file-locks": {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas si un fichier est verrouillé",
    en: "not observed: the trial was made by a version of douane that did not record whether a file is locked",
  },
  peers: {
    fr: "non observé : l'essai est d'une version de douane qui ne comparait pas ce que reçoivent un voisin du pod et 127.0.0.1",
    en: "not observed: the trial was made by a version of douane that did not compare the answers to a neighbour of the pod and to 127.0.0.1",
  },
  "idle-output": {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas ce que l'application écrit quand on ne lui demande rien",
    en: "not observed: the trial was made by a version of douane that did not record the output of times without requests",
  },
  "named-caches": {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas ce que deviennent les fichiers nommés comme un cache",
    en: "not observed: the trial was made by a version of douane that did not record what becomes of files named as a cache",
  },
  "work-output": {
    fr: "non observé : l'essai est d'une version de douane qui ne gardait, d'une sortie longue, que le début et la fin, sans ce qui est venu avec les requêtes",
    en: "not observed: the trial was made by a version of douane that kept of a long output the beginning and the end only, not what came with the requests",
  },
  "open-files": {
    fr: "non observé : l'essai est d'une version de douane qui ne regardait pas les fichiers ouverts sans nom",
    en: "not observed: the trial was made by a version of douane that did not look at open files without a name",
  },
};

/** Maximum number of requests named; a container may have any number of ports and paths. */
const SHOWN = 24;

/** Requests and answers in words: `GET :8080/ 200, GET :8080/… 404`; undefined without requests. */
export function requestWords(requests: readonly Request[]): string | undefined {
  if (requests.length === 0) return undefined;
  const list = requests.slice(0, SHOWN).map(({ asked, answer }) => `${excerpt(asked)} ${excerpt(answer)}`);
  return `${list.join(", ")}${requests.length > SHOWN ? "…" : ""}`;
}
