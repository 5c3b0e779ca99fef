import { lastCommand } from "../../shell/last-command.ts";
import { shellCommands } from "../../shell/parse-commands.ts";
import { commandName } from "../../shell/wrappers.ts";
import { either, type Status, type StatusSources, ZERO } from "./status.ts";

/** Script and shell around a command. */
export interface AroundCommand {
  readonly text: string;
  readonly shell: string;
}

/** Options of pgrep and pkill that take a value. */
const VALUED = new Set(["-d", "-g", "-G", "-P", "-s", "-t", "-u", "-U"]);

/**
 * Status of a program that looks for processes by name: pgrep, pidof, `pkill -0`, `killall -0`. `pgrep -f`
 * finds the shell whose text names the pattern, unless that shell has replaced itself by pgrep.
 */
export function processStatus(words: readonly string[], around: AroundCommand | undefined): Status {
  const [name = ""] = words;
  const operands = words
    .slice(1)
    .filter((word, index) => !word.startsWith("-") && !VALUED.has(String(words[index])));
  const pattern = operands[0] ?? "";
  if (around !== undefined && commandName(name) !== "pidof" && isItself(words, pattern, around)) return ZERO;
  return either(processNamed(pattern));
}

/** The source for a process that matches a pattern of pgrep or grep: `[s]erver` is `server`. */
export function processNamed(pattern: string): StatusSources {
  return new Set([`process ${pattern.replace(/^\^|\$$|[[\]]/g, "")}` as const]);
}

/** Whether a pattern matches exactly the words that contain it as text. */
export function isLiteral(pattern: string): boolean {
  return pattern !== "" && !/[[\]^$*+?(){}|\\`]/.test(pattern);
}

function isItself(words: readonly string[], pattern: string, { text, shell }: AroundCommand): boolean {
  if (!isLiteral(pattern)) return false;
  if (!words.some((word) => /^-[a-z]*f|^--full$/.test(word))) return commandName(shell).includes(pattern);
  if (shellCommands(text).length > 1) return true;
  return lastCommand(text, commandName(shell)) === "fork";
}

/** Status of `kill`: process 1 exists as long as its container. */
export function killStatus(words: readonly string[], sources: StatusSources): Status {
  const targets = words.slice(1).filter((word) => !word.startsWith("-") && word !== "0");
  const isOwn = targets.length > 0 && targets.every((word) => word === "1" || word === "$$");
  if (isOwn) return ZERO;
  return either(sources.has("application") ? sources : new Set(["process " as const]));
}
