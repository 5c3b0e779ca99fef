import { isShellScript } from "../../shell/interpreter.ts";
import { isShell, shellCall } from "../../shell/shells.ts";
import { isComputed } from "../../shell/variables.ts";
import { runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { inlineCode, loadedFile } from "../../start/loaded-file.ts";
import { toolIn } from "../../start/program-tools.ts";
import type { StartedImage } from "../../start/started-image.ts";
import { textsOf } from "../../start/task-script.ts";
import { taskScript } from "../../start/task-scripts.ts";

/** Expansions `$A`, `${A…}`, `$(…)`, `` `…` ``, and parts of expansions with spaces. */
const EXPANSIONS = /\$\w+|\$\{[^{}]*\}|\$\([^()]*\)|`[^`]*`|\$.|`/g;
/** Programs that print variables of the environment for `eval`. */
const ENVIRONMENT_PRINTERS =
  /^[$`(]{1,2}\s{0,5}(?:ssh-agent|dircolors|conda|mamba|micromamba|pyenv|rbenv|nodenv|direnv|opam|brew|gpg-agent|dbus-launch|lesspipe)\b/;
/** Variables named for the language whose interpreter they contain. */
const RUNTIME = /^\$\{?\w{0,40}(?:JAVA|NODE|PYTHON|RUBY|PERL|PHP)\w{0,40}\}?$/i;
const SCRIPT = /\.(?:sh|bash|py|rb|pl|php|[cm]?js)$/;

/**
 * Program names that only the shell can compute, and `eval` of a program's output, among the commands that
 * certainly run.
 */
export function unreadNames(started: readonly StartedCommand[]): readonly string[] {
  return started.flatMap((command) => {
    const [name = "", file = ""] = command.words;
    // `node $(find /app -name server.js)`: a source that an interpreter loads is not a program.
    if (!isSure(command) || command.loaded === true) return [];
    if (name === "eval") return isComputed(file) ? [`${name} ${file}`] : [];
    if (name === "." || name === "source") return isUnread(file) ? [`${name} ${file}`] : [];
    return isUnread(name) && !ENVIRONMENT_PRINTERS.test(name) ? [name] : [];
  });
}

/** Shells that read their commands from a pipe, a here-document or a file: `curl x | sh`, `sh <<EOF`. */
export function pipedShells(started: readonly StartedCommand[]): readonly string[] {
  return started.flatMap((command, index) => {
    const { words, redirections, written } = command;
    const isAsked = words.some((word) => /^-[a-z]{0,8}s[a-z]{0,8}$/.test(word));
    const readsInput = isShell(words) && (isAsked || shellCall(words) === undefined);
    const isFed = redirections.some(({ operator }) => operator.startsWith("<"));
    const isPiped = started[index - 1]?.operator === "|";
    return readsInput && isSure(command) && (isFed || isPiped) ? [written] : [];
  });
}

/**
 * Whether the command certainly runs: its failure may be handled (`$CMD || exit 1`), but `$DEBUG && set -x`
 * is a test.
 */
function isSure(command: StartedCommand): boolean {
  if (command.operator === "&&" && command.words.length === 1) return false;
  return runsAlways(command) && (!command.tested || command.operator === "||");
}

/**
 * Whether a name is unknown: `$JAVA_HOME/bin/java` is java in any case; a script must be found to be read.
 */
function isUnread(name: string): boolean {
  if (!isComputed(name) || RUNTIME.test(name)) return false;
  const plain = name.replace(EXPANSIONS, "\0");
  const base = plain.slice(plain.lastIndexOf("/") + 1);
  return base.includes("\0") || base === "" || SCRIPT.test(base);
}

/** Programs in other languages that seem to change the user. Their conditions are not analysed. */
export function toolsInPrograms(
  image: StartedImage,
  started: readonly StartedCommand[],
): readonly { readonly path: string; readonly tool: string }[] {
  const scripts = image.program.steps.flatMap(({ file, script }) =>
    file === undefined || script === undefined || isShellScript(script) ? [] : toolAt(file, toolIn(script)),
  );
  const loaded = started.flatMap((command, index) => {
    const next = started[index + 1];
    const words = next?.loaded === true ? [...command.words, ...next.words] : command.words;
    const name = loadedFile(words)?.name;
    const calls = (image.program.calls ?? []).filter((call) => call.name === name);
    const code = inlineCode(words);
    return [
      ...calls.map(({ file, tool }) => ({ path: file, tool })),
      ...(code === undefined ? [] : toolAt(command.at.path, toolIn(code))),
    ];
  });
  return [...scripts, ...loaded];
}

function toolAt(
  path: string,
  tool: string | undefined,
): readonly { readonly path: string; readonly tool: string }[] {
  return tool === undefined ? [] : [{ path, tool }];
}

/** Task runners whose tasks are not in the image: `make run` without its Makefile. */
export function unreadTasks(image: StartedImage, started: readonly StartedCommand[]): readonly string[] {
  return started.filter(isSure).flatMap(({ words }) => {
    return taskScript(words, image.config.workingDir, textsOf(image)) === "unread" ? [words.join(" ")] : [];
  });
}
