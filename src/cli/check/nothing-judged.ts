import { DouaneError, EXIT } from "../../contract/error.ts";
import { problemTitle, type SourceProblem } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";

/**
 * Error if only sources were found that must be rendered first: an empty result must not look like success,
 * whatever --fail-on is.
 */
export function nothingJudged(skipped: readonly SourceProblem[]): DouaneError {
  const said = (lang: keyof Text, colon: string) =>
    skipped.map(({ about, message }) => `\n  ${problemTitle(about)}${colon} ${message[lang]}`).join("");
  return new DouaneError("nothing-judged", EXIT.unproven, {
    fr: `Rien n'a été jugé : aucun workload n'est prêt à l'être.${said("fr", " :")}`,
    en: `Nothing was judged: no workload is ready to be.${said("en", ":")}`,
  });
}
