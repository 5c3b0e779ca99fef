import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { isLogLine } from "../../observations/log-stamp.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { linesOf } from "../../observations/output-lines.ts";
import type { Placed } from "./deployed-runs.ts";
import { logDestination } from "./log-ports.ts";
import { trialConditions } from "./trial-conditions.ts";

/** Formats of data, configuration and code, which are written in whole lines, too. */
const FORMATS =
  /\.(?:json|csv|tsv|sql|xml|html?|css|[cm]?js|ts|map|svg|ya?ml|toml|ini|conf|cfg|properties|env|pem|crt|key|pid|lock|sh|py|php|rb|tpl|tmpl)$/i;

/**
 * Outcome for an init container that ended with 0 without a word: if it wrote no text either that may be a log, there is
 * no log to lose. Undefined for other containers, whose silence proves nothing, and for calls of a log's destination.
 */
export function silentTask({ trial, placement }: Placed): Outcome | undefined {
  if (placement?.role !== "init" || trial.settings.lifetime !== "batch") return undefined;
  if (!isSilent(trial) || logDestination(trial) !== undefined) return undefined;
  const text = observed(trial.observations, "write").find(mayBeLog);
  if (text !== undefined) return unknownText(text.path);
  const seen = trialConditions(trial);
  return {
    status: "pass",
    proof: {
      fr: `l'initContainer se termine avec 0 sans rien écrire sur stdout ni stderr, ni texte qui puisse être un journal : il n'a rien à journaliser, ${seen.fr}`,
      en: `the init container ends with 0 and writes nothing to stdout or stderr, nor a text that may be a log: it has nothing to log, ${seen.en}`,
    },
  };
}

/** Whether nothing was written to stdout and stderr in any phase, not even at a stop. */
export function isSilent({ observations }: Pick<TrialFacts, "observations">): boolean {
  return observed(observations, "output").every(({ bytes }) => bytes === 0);
}

/** Whether a file holds text of no known format or, whatever its name, grew at the second run or has a line of a log. */
function mayBeLog({ type, change, bytes, path, sample, appended }: Observed<"write">): boolean {
  if (type !== "file" || change === "deleted" || bytes === 0) return false;
  // Binary, or a text without a whole line, as a mark or a name is.
  if (sample === undefined || !sample.includes("\n")) return false;
  return appended === true || !FORMATS.test(path) || linesOf(sample).some(isLogLine);
}

function unknownText(path: string): Outcome {
  const shown = excerpt(path);
  return {
    status: "unproven",
    reason: {
      fr: `non observé : l'initContainer n'écrit rien sur stdout ni stderr, et rien ne dit si le texte ${shown} est un journal`,
      en: `not observed: the init container writes nothing to stdout or stderr, and nothing says whether the text ${shown} is a log`,
    },
    settle: {
      fr: `Si c'en est un, l'écrire sur stdout au lieu de ${shown} ; sinon dire sur stdout ce que l'initContainer fait, ou donner au fichier l'extension de son format (.json, .conf…).`,
      en: `If it is one, write it to stdout instead of ${shown}; otherwise say on stdout what the init container does, or give the file the ending of its format (.json, .conf…).`,
    },
  };
}
