import { posix } from "node:path";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";

/** Options that make servers log each request, for servers silent by default: a hint only. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ["redis-server", "--loglevel debug"],
  ["valkey-server", "--loglevel debug"],
  ["memcached", "-vv"],
  ["mosquitto", "-v"],
  ["gunicorn", "--access-logfile -"],
  ["uvicorn", "--access-log"],
  ["php-fpm", "access.log = /proc/self/fd/2"],
  ["caddy", "log"],
  ["postgres", "-c log_statement=all"],
  ["beanstalkd", "-VVV"],
  ["gearmand", "--verbose=INFO --log-file=stderr"],
  ["rsync", "--log-file=/dev/stdout"],
  ["dnsmasq", "--log-queries --log-facility=-"],
  ["unbound", "log-queries: yes, use-syslog: no"],
  ["named", "-g, querylog yes"],
]);

/**
 * Advice to make an application log requests during the trial; the destination of logs matters, not their
 * number.
 */
export function requestLogAdvice({ argv }: Pick<TrialFacts, "argv">): Text {
  const hints = argv.flatMap((word) => HINTS.get(posix.basename(word)) ?? []);
  const hint =
    hints.length === 0 ? { fr: "", en: "" } : { fr: ` (« ${hints[0]} »)`, en: ` (\`${hints[0]}\`)` };
  return {
    fr: `La faire journaliser ce qu'on lui demande : un journal d'accès ou un niveau plus bavard sur stdout${hint.fr}, dans l'image ou le manifeste, ou donner à l'essai une requête qu'elle journalise : trial.warmUp pour HTTP, trial.requests pour un autre protocole (douane.yaml).`,
    en: `Make it log its requests: an access log or a more verbose log level on stdout${hint.en}, in the image or the manifest; or give the trial a request that it logs: trial.warmUp for HTTP, trial.requests for another protocol (douane.yaml).`,
  };
}
