import { posix } from "node:path";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";

/** What makes servers log each request that say nothing of them as they come: a hint, and no more. */
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
]);

/** How to make an application log on trial what it is asked; where its logs go is what counts, not how many there are. */
export function makeItLog({ argv }: Pick<TrialFacts, "argv">): Text {
  const hints = argv.flatMap((word) => HINTS.get(posix.basename(word)) ?? []);
  const hint =
    hints.length === 0 ? { fr: "", en: "" } : { fr: ` (« ${hints[0]} »)`, en: ` (\`${hints[0]}\`)` };
  return {
    fr: `La faire journaliser le temps de l'essai : un niveau plus bavard ou un journal d'accès sur stdout${hint.fr}, par trial.env ou trial.args, ou une requête qu'elle journalise, comme une qui échoue, dans trial.warmUp (douane.yaml). Rien n'est à changer en production.`,
    en: `Make it log for the trial: a more talkative level or an access log on stdout${hint.en}, by trial.env or trial.args, or a request that it logs, such as one that fails, in trial.warmUp (douane.yaml). Nothing has to change in production.`,
  };
}
