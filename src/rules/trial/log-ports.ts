import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { observed } from "../../observations/observed.ts";
import type { PhaseRun } from "../../observations/phase-run.ts";
import { textAtWork } from "./work-lines.ts";

const ID = "1.2-trial-logs";

/** Protocols by the ports on which collectors of logs listen: IANA's registry and the products' documentation. */
const LOG_PORTS: ReadonlyMap<number, string> = new Map([
  [514, "syslog"],
  [601, "syslog"],
  [1514, "syslog"],
  [5140, "syslog"],
  [6514, "syslog"],
  [3100, "Loki"],
  [5044, "Beats"],
  [12_201, "GELF"],
  [24_224, "Fluentd"],
]);

/** A destination outside the pod that may be a collector of logs. */
interface LogDestination {
  /** Words for the destination, to follow "calls". */
  readonly words: Text;
  /** Whether the port is known, and a collector's. */
  readonly isKnown: boolean;
}

/**
 * Destination to which log lines may go: a collector's port, or an address to which datagrams went from a
 * socket that tells no port, as Python's SysLogHandler sends them. Undefined if there is none.
 */
export function logDestination({
  observations,
}: Pick<TrialFacts, "observations">): LogDestination | undefined {
  const calls = observed(observations, "connect");
  for (const { port, dependency, address } of calls) {
    const protocol = LOG_PORTS.get(port);
    if (protocol === undefined) continue;
    const place = `${excerpt(dependency ?? address)}:${port} (${protocol})`;
    return { words: { fr: `${place}, un port de journaux`, en: `${place}, a port for logs` }, isKnown: true };
  }
  const sent = observed(observations, "sent").find((one) =>
    calls.every((call) => call.address !== one.address),
  );
  if (sent === undefined) return undefined;
  const place = excerpt(sent.address);
  return {
    words: { fr: `${place}, à un port inconnu`, en: `${place}, at a port that is not known` },
    isKnown: false,
  };
}

/**
 * Whether the output of a run names a path that was asked for, as lines about requests do and lines by the
 * clock do not. `/` proves nothing: other lines contain one, too.
 */
export function namesRequests({ observations }: Pick<PhaseRun, "observations">): boolean {
  const paths = observed(observations, "http")
    .map(({ path }) => path)
    .filter((path) => path.length > 1);
  const texts = observed(observations, "output").map(textAtWork);
  return texts.some((text) => paths.some((path) => text.includes(path)));
}

/** Outcome if log lines may go to a destination, and nothing shows that stdout or stderr has them. */
export function mayBeSent({ words }: LogDestination, settle: Text): Outcome {
  return {
    status: "unproven",
    reason: {
      fr: `non observé : l'application appelle ${words.fr}, et rien sur stdout ni stderr ne nomme une requête de l'essai`,
      en: `not observed: the application calls ${words.en}, and nothing on stdout or stderr names a request of the trial`,
    },
    settle,
  };
}

/** Note about copies of a log that is on stdout or stderr; none where no collector's port was called. */
export function copied({ words, isKnown }: LogDestination): readonly Finding[] {
  if (!isKnown) return [];
  return [
    {
      message: {
        fr: `l'application appelle aussi ${words.fr} ; ce qu'elle y envoie n'a pas été lu`,
        en: `the application also calls ${words.en}; what it sends there was not read`,
      },
      remedy: {
        fr: "Si elle y envoie son journal, y renoncer : la plateforme le collecte sur stdout et stderr.",
        en: "If it sends its log there, stop doing so: the platform collects the log from stdout and stderr.",
      },
      fingerprint: fingerprint(ID, "log-port"),
    },
  ];
}
