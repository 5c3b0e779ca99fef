import type { CommanderError } from "commander";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/**
 * Error for an error of commander, in both languages. commander's codes are its API; the wrong word and its
 * suggestion are only in its English message.
 *
 * @param path command whose help is mentioned: `douane vulns import`
 */
export function usageErrorOf(error: CommanderError, path: string): UsageError {
  const word = quoted(wrongWord(error.message));
  const near = /Did you mean (?:one of )?([^?]{1,200})\?/.exec(error.message)?.[1];
  const [code, { fr, en }] = describe(error, word);
  const hint: Text =
    near === undefined
      ? { fr: `« ${path} --help » montre ce qui existe.`, en: `\`${path} --help\` shows what there is.` }
      : { fr: `Peut-être ${near} ?`, en: `Did you mean ${near}?` };
  return new UsageError(code, { fr: `${fr} ${hint.fr}`, en: `${en} ${hint.en}` }, { cause: error });
}

/** Wrong word in a message: `Expected 1 argument but got 2: a, b.`, `unknown option '--verbos'`. */
function wrongWord(message: string): string {
  const list = / got \d{1,9}: /.exec(message);
  if (list !== null) return message.slice(list.index + list[0].length).replace(/\.$/, "");
  return message.slice(message.indexOf("'") + 1, message.lastIndexOf("'"));
}

function describe(error: CommanderError, word: string): readonly [string, Text] {
  switch (error.code) {
    case "commander.unknownOption":
      return ["option-unknown", { fr: `Option inconnue : ${word}.`, en: `Unknown option: ${word}.` }];
    case "commander.unknownCommand":
      return ["command-unknown", { fr: `Commande inconnue : ${word}.`, en: `Unknown command: ${word}.` }];
    case "commander.optionMissingArgument":
      return [
        "option-incomplete",
        { fr: `L'option ${word} attend une valeur.`, en: `Option ${word} needs a value.` },
      ];
    case "commander.excessArguments":
      return ["arguments-excess", { fr: `Arguments en trop : ${word}.`, en: `Too many arguments: ${word}.` }];
    default:
      return [
        "command-line-invalid",
        {
          fr: `Ligne de commande invalide (${error.message}).`,
          en: `Invalid command line (${error.message}).`,
        },
      ];
  }
}
