import { type ShellCommand, shellCommands } from "./parse-commands.ts";
import { isBuiltin } from "./programs.ts";

/** Way in which the shell of `sh -c TEXT` runs its last command. */
export type LastCommand =
  /** The shell replaces itself by the program, which then is PID 1. */
  | "exec"
  /** The shell forks: it stays as the parent and receives signals. */
  | "fork"
  /** Unknown: versions differ, the shell is unknown, or it handles signals itself. */
  | "perhaps";

/**
 * Forms of a text's last command, other than a single plain command. Each of these forms makes some shells
 * fork.
 */
export const SHAPES = {
  expanded: "node x $ARGUMENTS",
  assigned: "A=1 node x",
  redirected: "node x > /dev/null",
  heredoc: "node x <<EOF\nEOF",
  list: "cd / && node x",
  background: "sleep 0 & node x",
  compound: "if true; then node x; fi",
  group: "{ node x; } > /dev/null",
  loop: "for i in 1; do node x; done",
  newline: "node x\n",
  never: "node x | cat",
} as const;

export type Shape = keyof typeof SHAPES;

/**
 * Forms in which each shell replaces itself by its last command, measured on Debian 13 (last-command.test.ts repeats
 * the measurement): dash 0.5.12, bash 5.2, busybox 1.37, mksh 59c, zsh 5.9, ksh93u+m 1.0.10, posh 0.14. busybox 1.33 of
 * Alpine 3.14 behaves the same.
 */
export const EXECUTES: Readonly<Record<string, readonly ("plain" | Shape)[]>> = {
  dash: [],
  posh: [],
  mksh: ["plain"],
  bash: ["plain", "expanded", "assigned", "list", "newline"],
  busybox: ["plain", "expanded", "assigned", "redirected", "list", "background", "compound"],
  ksh93: [
    "plain",
    "expanded",
    "assigned",
    "redirected",
    "heredoc",
    "list",
    "background",
    "compound",
    "newline",
  ],
  zsh: [
    "plain",
    "expanded",
    "group",
    "assigned",
    "redirected",
    "heredoc",
    "list",
    "background",
    "compound",
    "loop",
    "newline",
  ],
};

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ash: "busybox",
    rbash: "bash",
    lksh: "mksh",
    ksh: "ksh93",
    zsh5: "zsh",
  }),
);

/** Name of a shell in the table, by its file name: `/bin/ash` is busybox. */
export function measuredShell(name: string): string | undefined {
  const shell = NAMES.get(name) ?? name;
  return Object.hasOwn(EXECUTES, shell) ? shell : undefined;
}

/**
 * Whether the shell of this name (`bash`, `busybox`; others are unknown) replaces itself by the last command
 * of the text; undefined if the last command is not a program, or uses `exec`. Throws like shellCommands().
 */
export function lastCommand(script: string, name: string): LastCommand | undefined {
  const commands = shellCommands(script);
  const running = commands.filter(({ words, within }) => words.length > 0 && within === undefined);
  const last = lastOf(running, commands);
  if (last === undefined || last === "exec") return undefined;
  // A sourced file may exec, and a trap may forward the signal.
  if (last.words[0] === "." || last.words[0] === "source" || running.some(handles)) return "perhaps";
  const shapes = shapesOf(script, last, running, commands);
  const shell = measuredShell(name);
  if (shell === undefined)
    return Object.values(EXECUTES).some((known) => fits(known, shapes)) ? "perhaps" : "fork";
  if (!fits(EXECUTES[shell], shapes)) return "fork";
  // bash execs in lists since 5.1; a command after `||` runs only if the program has failed.
  const isFallback = running.at(-2)?.operator === "||";
  return isFallback || (shell === "bash" && shapes.includes("list")) ? "perhaps" : "exec";
}

/**
 * The command that runs last; "exec" if the shell is replaced explicitly, or if it is only known at run time.
 */
function lastOf(
  running: readonly ShellCommand[],
  all: readonly ShellCommand[],
): ShellCommand | "exec" | undefined {
  const last = running.at(-1);
  const [name = "", program] = last?.words ?? [];
  if (name.startsWith("$") || (name === "exec" && program !== undefined)) return "exec";
  const body = all.filter(({ words, within }) => words.length > 0 && within === name);
  return body.at(-1)?.words[0] === "exec" ? "exec" : last;
}

/** Whether a trap handles a signal: `trap - TERM` and `trap '' HUP` do not. */
function handles({ words: [name, handler = "-"] }: ShellCommand): boolean {
  return name === "trap" && handler !== "-" && handler !== "";
}

function fits(known: readonly string[] | undefined, shapes: readonly Shape[]): boolean {
  return known?.includes("plain") === true && shapes.every((shape) => known.includes(shape));
}

function shapesOf(
  script: string,
  last: ShellCommand,
  running: readonly ShellCommand[],
  all: readonly ShellCommand[],
): readonly Shape[] {
  const { assignments, redirections, compound = [] } = last;
  const before = running.at(-2)?.operator;
  const here = redirections.some(({ operator }) => operator.startsWith("<<"));
  const shapes: readonly (Shape | false)[] = [
    isNever(last, before, all) && "never",
    last.words.some((word) => /[$`]/.test(word)) && "expanded",
    assignments.length > 0 && "assigned",
    redirections.length > 0 && (here ? "heredoc" : "redirected"),
    before === "&" ? "background" : before !== undefined && "list",
    isGroupRedirected(all) && "group",
    compound.includes("done") ? "loop" : compound.length > 0 && "compound",
    /\n[ \t]*$/.test(script) && !here && "newline",
  ];
  return shapes.filter((shape) => shape !== false);
}

/**
 * Whether putting `exec` before the last command makes the program process 1. False for a built-in (`node x;
 * echo done`), a short-lived tool (`node x; rm -f x.pid`), a function, the end of a pipeline, or a loop.
 */
export function handsOverByExec(script: string): boolean {
  const commands = shellCommands(script);
  const running = commands.filter(({ words, within }) => words.length > 0 && within === undefined);
  const last = running.at(-1);
  if (last === undefined || isNever(last, running.at(-2)?.operator, commands)) return false;
  return last.compound?.includes("done") !== true && !ENDS_AT_ONCE.test(last.words.join(" "));
}

/** Short-lived tools that may run after a program. */
const ENDS_AT_ONCE = /^(?:mkdir|cp|mv|ln|chmod|chown|sleep|touch|cat|rm|rmdir|date|logger|kill|sync)(?: |$)/;

/**
 * Whether every shell forks for its last command: at the end of a pipeline, for a function, a built-in, a negated or
 * timed command, and a command in the background.
 */
function isNever(last: ShellCommand, before: string | undefined, all: readonly ShellCommand[]): boolean {
  const { words, tested, operator } = last;
  const [name = ""] = words;
  const isOwn = isBuiltin(name) && name !== "command";
  const isFunction = all.some(({ within }) => within === name);
  const isPiped = before === "|";
  return isOwn || isFunction || isPiped || tested || name === "time" || operator === "&";
}

/** Whether a group is redirected, `{ a; b; } > file`: its redirections form a command without words. */
function isGroupRedirected(all: readonly ShellCommand[]): boolean {
  const end = all.at(-1);
  return end !== undefined && end.words.length === 0 && end.redirections.length > 0;
}
