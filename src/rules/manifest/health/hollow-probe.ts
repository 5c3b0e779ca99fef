import type { ContainerFacts } from "../../../contract/pod-facts.ts";
import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { ShellCommand } from "../../../shell/parse-commands.ts";
import { commandName } from "../../../shell/wrappers.ts";
import { handlerCommands } from "../../../start/handler-commands.ts";
import { scriptWrites } from "../../../start/script-writes.ts";

/** Commands whose result does not depend on the application. */
const CONSTANT = new Set("true false : echo printf exit sleep pwd date hostname whoami id uname".split(" "));
/** Commands that only look at a file. */
const LOOKS = new Set("cat test [ [[ ls stat head".split(" "));

/**
 * Reason why an exec probe says nothing about the application: its result is constant, or depends on a file
 * that only the container's hooks write or remove (kontinuous rewrites probes so). A file that the
 * application keeps up to date makes a good probe.
 */
export function hollowProbe(
  command: readonly string[],
  { lifecycle = {} }: ContainerFacts,
): Text | undefined {
  const commands = handlerCommands(command).filter(({ words }) => words.length > 0);
  const names = commands.map(({ words }) => commandName(words[0]));
  if (commands.length === 0) return undefined;
  if (names.every((name) => CONSTANT.has(name))) {
    return {
      fr: "sa réponse est toujours la même, quel que soit l'état de l'application",
      en: "its answer is always the same, whatever the application's state",
    };
  }
  if (!names.every((name) => CONSTANT.has(name) || LOOKS.has(name))) return undefined;
  const hooks = [lifecycle.postStart, lifecycle.preStop].flatMap((hook) =>
    handlerCommands(hook?.exec?.command ?? []),
  );
  const written = new Set(hooks.flatMap(touched));
  const flag = commands.flatMap(({ words }) => words.slice(1)).find((word) => written.has(word));
  if (flag === undefined) return undefined;
  const file = excerpt(flag);
  return {
    fr: `elle ne lit que ${file}, un fichier que seuls les hooks du conteneur écrivent ou suppriment : elle ne reflète plus l'état de l'application`,
    en: `it only reads ${file}, a file that only the container's hooks write or remove: it no longer reflects the application's state`,
  };
}

/** Files that a hook's command writes or removes. */
function touched(command: ShellCommand): readonly string[] {
  const removed = commandName(command.words[0]) === "rm" ? command.words.slice(1) : [];
  return [
    ...removed.filter((word) => !word.startsWith("-")),
    ...scriptWrites(command).map(({ path }) => path),
  ];
}
