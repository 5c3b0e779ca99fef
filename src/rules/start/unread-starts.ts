import type { FileSelector } from "../../contract/file-selector.ts";
import { isShellScript } from "../../shell/interpreter.ts";
import { isShell, shellCall } from "../../shell/shells.ts";
import { isComputed } from "../../shell/variables.ts";
import { commandName } from "../../shell/wrappers.ts";
import { runsAlways, type StartedCommand } from "../../start/started-command.ts";
import type { StartedImage } from "../../start/started-image.ts";
import { absolutePath } from "./writable-places.ts";

/** Scripts in other languages that look like a start: what they run is searched for tools, no more. */
export const START_PROGRAMS: FileSelector = {
  pattern:
    /^(?!\/(?:usr\/(?:lib|local\/lib|share|include)|lib|opt\/(?:conda|yarn)|nix)\/|.*\/(?:node_modules|site-packages|dist-packages|vendor|gems|\.next|\.nuxt)\/)(?:\/[^/]{1,100}){0,4}\/(?:docker[-_.])?(?:start|entry(?:[-_]?point)?|run|init|boot(?:strap)?|launch(?:er)?|main|server|serve|app|index|manage|wsgi|asgi|worker|cmd|exec)(?:[-_.][\w-]{1,20})?\.(?:py|rb|pl|php|lua|[cm]?[jt]s)$/,
  type: "file",
  content: 32 * 1024,
};

const LANGUAGES = new Set("python node ruby perl php deno bun lua tclsh".split(" "));
/** Words by which these languages start other programs. */
const STARTS =
  /\b(?:subprocess|os\.(?:system|popen|exec\w*|spawn\w*|posix_spawn\w*)|child_process|execa|zx|shelljs|Bun\.spawn|Deno\.(?:Command|run)|Open3|IO\.popen|Process\.spawn|proc_open|shell_exec|passthru|pcntl_exec|popen|system|exec|spawn)\b|%x|`/;
/** A text that begins with the name of a tool, as a list's first word or a command line. */
const NAMES_TOOL =
  /["'`](?:\/[\w./-]{1,60}\/)?(?:(sudo|gosu|su-exec|doas|pkexec|runuser|setpriv|s6-setuidgid|setuidgid)(?=["'`]|\s{1,5}[-\w$#])|(su)(?=["'`]\s{0,5},\s{0,20}["'`](?:-|\w{1,30}["'`]\s{0,5},\s{0,20}["'`]-)|\s{1,5}(?:-|\w{1,30}\s{1,5}-c)))/;
const COMMENT = /^\s{0,200}(?:#(?!!)|\/\/|\*).{0,2000}$/gm;

/** `$A`, `${A…}`, `$(…)`, `` `…` ``, and what is left of those that hold spaces. */
const EXPANSIONS = /\$\w+|\$\{[^{}]*\}|\$\([^()]*\)|`[^`]*`|\$.|`/g;
/** What they print are variables for the environment. */
const ENVIRONMENT_PRINTERS =
  /^[$`(]{1,2}\s{0,5}(?:ssh-agent|dircolors|conda|mamba|micromamba|pyenv|rbenv|nodenv|direnv|opam|brew|gpg-agent|dbus-launch|lesspipe)\b/;
/** Named for the language that it runs. */
const RUNTIME = /^\$\{?\w{0,40}(?:JAVA|NODE|PYTHON|RUBY|PERL|PHP)\w{0,40}\}?$/i;
const SCRIPT = /\.(?:sh|bash|py|rb|pl|php|[cm]?js)$/;

/** What certainly starts and cannot be read: a name that only the shell computes, `eval` of a program's output. */
export function unreadNames(started: readonly StartedCommand[]): readonly string[] {
  return started.flatMap((command) => {
    const [name = "", file = ""] = command.words;
    // `node $(find /app -name server.js)`: a file that the language loads is no program of its own.
    if (!isSure(command) || command.loaded === true) return [];
    if (name === "eval") return isComputed(file) ? [`${name} ${file}`] : [];
    if (name === "." || name === "source") return isUnread(file) ? [`${name} ${file}`] : [];
    return isUnread(name) && !ENVIRONMENT_PRINTERS.test(name) ? [name] : [];
  });
}

/** Shells that are given their commands by a pipe, a here-document or a file: `curl x | sh`, `sh <<EOF`. */
export function fedShells(started: readonly StartedCommand[]): readonly string[] {
  return started.flatMap((command, index) => {
    const { words, redirections, written } = command;
    const isAsked = words.some((word) => /^-[a-z]{0,8}s[a-z]{0,8}$/.test(word));
    const readsInput = isShell(words) && (isAsked || shellCall(words) === undefined);
    const isFed = redirections.some(({ operator }) => operator.startsWith("<"));
    const isPiped = started[index - 1]?.operator === "|";
    return readsInput && isSure(command) && (isFed || isPiped) ? [written] : [];
  });
}

/** Its failure may be looked at: `$CMD || exit 1`. `$DEBUG && set -x` is a test. */
function isSure(command: StartedCommand): boolean {
  if (command.operator === "&&" && command.words.length === 1) return false;
  return runsAlways(command) && (!command.tested || command.operator === "||");
}

/** `$JAVA_HOME/bin/java` is java, whatever JAVA_HOME; a script has to be found to be read. */
function isUnread(name: string): boolean {
  if (!isComputed(name) || RUNTIME.test(name)) return false;
  const plain = name.replace(EXPANSIONS, "\0");
  const base = plain.slice(plain.lastIndexOf("/") + 1);
  return base.includes("\0") || base === "" || SCRIPT.test(base);
}

/** Scripts in other languages on the way that seem to call a tool: under which conditions, is not read. */
export function toolsInPrograms(
  image: StartedImage,
  started: readonly StartedCommand[],
): readonly { readonly path: string; readonly tool: string }[] {
  const scripts = image.program.steps.flatMap(({ file, script }) =>
    file === undefined || script === undefined || isShellScript(script) ? [] : [{ path: file, text: script }],
  );
  const named = started.flatMap((command, index) => {
    const path = runsAlways(command) ? programFile(command.words, started[index + 1]) : undefined;
    const file =
      path === undefined ? undefined : image.files.find((one) => one.path === absolutePath(image, path));
    return file?.content === undefined ? [] : [{ path: file.path, text: file.content }];
  });
  const all = new Map([...scripts, ...named].map((one) => [one.path, one]));
  return [...all.values()].flatMap(({ path, text }) => {
    const tool = toolIn(text);
    return tool === undefined ? [] : [{ path, tool }];
  });
}

/** `python start.py`, `node --enable-source-maps server.js`: the file that is run, as an argument or as what the language starts. */
function programFile(words: readonly string[], next: StartedCommand | undefined): string | undefined {
  if (!LANGUAGES.has(commandName(words[0])) || words.includes("-m")) return undefined;
  const file = words.slice(1).find((word) => !word.startsWith("-")) ?? next?.words[0];
  return file?.includes(".") === true ? file : undefined;
}

function toolIn(text: string): string | undefined {
  const code = text.replace(COMMENT, "");
  if (!STARTS.test(code)) return undefined;
  const [, tool, su] = NAMES_TOOL.exec(code) ?? [];
  return tool ?? su;
}
