import { type ShellCommand, shellCommands } from "../shell/parse-commands.ts";
import { shellForm } from "../shell/shells.ts";
import { executedBy } from "../shell/wrappers.ts";

/**
 * Commands of an exec handler: commands in the text after `sh -c`, otherwise the command that wrappers
 * (`timeout 5`) start.
 *
 * @throws InvalidInputError as shellCommands()
 */
export function handlerCommands(command: readonly string[]): readonly ShellCommand[] {
  const words = innermost(command);
  const text = shellForm(words);
  if (text !== undefined) return shellCommands(text);
  return [
    {
      assignments: [],
      words,
      written: words.join(" "),
      redirections: [],
      conditions: [],
      tested: false,
      operator: "",
      line: 1,
    },
  ];
}

/** Command after all wrappers. */
export function innermost(command: readonly string[]): readonly string[] {
  let words = command;
  for (let inner = executedBy(words); inner.length > 0; inner = executedBy(words)) words = inner;
  return words;
}
