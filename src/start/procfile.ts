import { posix } from "node:path";
import { commandName } from "../shell/wrappers.ts";
import { optionValue, type ReadText, type TaskScript } from "./task-script.ts";

const RUNNERS = new Set(["honcho", "foreman", "overmind", "hivemind", "goreman", "forego"]);

/** Commands of the Procfile that `honcho start` runs, one per line; undefined for other commands. */
export function procfileScript(
  words: readonly string[],
  workingDir: string,
  read: ReadText,
): TaskScript | undefined {
  if (!RUNNERS.has(commandName(words[0]))) return undefined;
  const named = optionValue(words, ["-f", "--procfile"]);
  const file = posix.resolve("/", workingDir, named ?? "Procfile");
  const text = read(file);
  if (text === undefined) return "unread";
  const operands = words.slice(1).filter((word) => !word.startsWith("-") && word !== named);
  const wanted = operands[0] === "start" ? operands.slice(1) : operands;
  const commands = text.split("\n").flatMap((line) => {
    const [, name = "", command] = /^([\w.-]{1,100}):[ \t]{0,20}(.{1,4000})$/.exec(line) ?? [];
    return command === undefined || (wanted.length > 0 && !wanted.includes(name)) ? [] : [command];
  });
  return commands.length === 0 ? "unread" : { script: commands.join("\n"), file };
}
