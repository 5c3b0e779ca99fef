import type { LogForm } from "../../contract/call-events.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { observed } from "../../observations/observed.ts";

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
  /** Whether the port is known to be a collector's. */
  readonly isKnown: boolean;
  /** Set if the data that were sent had the form of log lines. */
  readonly isSeen?: true;
}

/**
 * Destination to which log lines possibly go: a collector's port, or an address that received datagrams from
 * a socket without a known port, as from Python's SysLogHandler. Undefined if there is none.
 */
export function logDestination({
  observations,
}: Pick<TrialFacts, "observations">): LogDestination | undefined {
  const calls = observed(observations, "connect");
  for (const { port, dependency, address, logs } of calls) {
    const protocol = LOG_PORTS.get(port);
    if (logs !== undefined) return sentLines(`${excerpt(dependency ?? address)}:${port}`, logs);
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

/** Destination that received log lines, whatever its port. */
function sentLines(place: string, form: LogForm): LogDestination {
  return {
    words: {
      fr: `${place}, et lui envoie des lignes de journal (${FORMS[form].fr})`,
      en: `${place}, and sends log lines there (${FORMS[form].en})`,
    },
    isKnown: true,
    isSeen: true,
  };
}

const FORMS: Readonly<Record<LogForm, Text>> = {
  syslog: { fr: "syslog", en: "syslog" },
  GELF: { fr: "GELF", en: "GELF" },
  Fluentd: { fr: "protocole forward de Fluentd", en: "Fluentd's forward protocol" },
  Beats: { fr: "protocole de Beats", en: "Beats' protocol" },
  HTTP: { fr: "requêtes à un collecteur", en: "requests to a collector" },
  JSON: { fr: "JSON avec un niveau et un message", en: "JSON with a level and a message" },
  text: { fr: "texte avec une heure et un niveau", en: "text with a time and a level" },
};

/**
 * Outcome if log lines may go to a destination, and no observation shows that stdout or stderr has them, too.
 */
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

/** Note about copies of a log that is on stdout or stderr; none if no collector's port was called. */
export function copied({ words, isKnown, isSeen }: LogDestination): readonly Finding[] {
  if (!isKnown) return [];
  const unread = isSeen
    ? { fr: "", en: "" }
    : {
        fr: " ; ce qu'elle y envoie n'a pas été lu",
        en: "; what it sends there was not read",
      };
  return [
    {
      message: {
        fr: `l'application appelle aussi ${words.fr}${unread.fr}`,
        en: `the application also calls ${words.en}${unread.en}`,
      },
      remedy: {
        fr: "Si elle y envoie son journal, y renoncer : la plateforme le collecte sur stdout et stderr.",
        en: "If it sends its log there, stop doing so: the platform collects the log from stdout and stderr.",
      },
      fingerprint: fingerprint(ID, "log-port"),
    },
  ];
}
