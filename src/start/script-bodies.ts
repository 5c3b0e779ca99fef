import type { ShellArguments } from "../shell/arguments.ts";
import { type ShellCommand, shellCommands } from "../shell/parse-commands.ts";
import { shellCall } from "../shell/shells.ts";
import type { ShellVariables } from "../shell/variables.ts";
import type { StartedCommand } from "./command-place.ts";
import { asOrdinaryUser } from "./root-branches.ts";
import { shellStep } from "./shell-steps.ts";
import type { StartedImage } from "./started-image.ts";
import { textsOf } from "./task-script.ts";
import { taskScript } from "./task-scripts.ts";

/** Start scripts of an image, each parsed once. */
export interface Scripts {
  readonly image: StartedImage;
  readonly variables: ShellVariables;
  /** Commands by text. */
  readonly read: Map<string, readonly ShellCommand[]>;
}

/** A text with commands. */
interface Source {
  readonly script: string;
  /** Path of the script. */
  readonly file?: string;
  /** Path of the file that contains the text of a task. */
  readonly source?: string;
}

/** Shell function, with the script that defines it. */
interface ShellFunction extends Pick<Source, "file" | "source"> {
  readonly commands: readonly ShellCommand[];
}

/** Variable of a loop. */
const LOOP = /\b(?:for|select)\s{1,20}([A-Za-z_]\w*)/g;

/** A script or function to follow, with the way to interpret its commands. */
export interface Body extends Pick<Source, "source"> {
  readonly commands: readonly ShellCommand[];
  /** Functions by name. Functions of a sourced script (`. ./lib.sh`) are the caller's own from there on. */
  readonly functions: Map<string, ShellFunction>;
  readonly args: ShellArguments;
  readonly caller: StartedCommand;
  /** Path of the script, if its commands have their own line numbers. */
  readonly file?: string;
  /** Index in argv of the first argument, if the arguments come from argv. */
  readonly argv?: number;
  /** Enclosing scripts, functions and wrappers (as ""), so that recursion starts nothing new. */
  readonly trail: readonly string[];
}

type Around = Omit<Body, "commands" | "file" | "source">;

/** Script that a command runs: `sh -c TEXT`, `sh FILE`, FILE itself, or a package's script. */
export function bodyOf(scripts: Scripts, caller: StartedCommand, trail: readonly string[]): Body | undefined {
  const { words } = caller;
  const { image } = scripts;
  const call = shellCall(words);
  const index = call?.index ?? 0;
  const task = call === undefined ? taskScript(words, image.config.workingDir, textsOf(image)) : undefined;
  const { script, file } = task === undefined || task === "unread" ? {} : task;
  const text = call?.inline === true ? words[index] : script;
  // After `sh -c TEXT`, the first word is $0.
  const first = index + (call?.inline === true ? 2 : 1);
  const argv =
    caller.argv === undefined || caller.argv.word > first
      ? {}
      : { argv: caller.argv.index + first - caller.argv.word };
  const args = { words: words.slice(first), known: true };
  const source =
    text === undefined ? shellStep(image, words[index]) : { script: text, ...sourceOf(caller, file) };
  return newBody(scripts, source, { functions: new Map(), args, caller, trail, ...argv });
}

/** File that contains a text: that of a task, or of the command that contains the text. */
function sourceOf({ source }: StartedCommand, file = source): Pick<Source, "source"> {
  return file === undefined ? {} : { source: file };
}

/** Script read by `. FILE`, which uses the arguments of the calling script, unless it gets its own. */
export function readBody(scripts: Scripts, body: Body, caller: StartedCommand): Body | undefined {
  const [name, file, ...words] = caller.words;
  const { functions, trail, argv } = body;
  const around = { functions, caller, trail };
  if (name === "eval") return evalBody(scripts, { ...around, args: body.args }, caller.words.slice(1));
  if (name === "trap") return trapBody(scripts, { ...around, args: body.args });
  if (name !== "." && name !== "source") return undefined;
  const source = shellStep(scripts.image, file);
  if (words.length > 0) return newBody(scripts, source, { ...around, args: { words, known: true } });
  return newBody(scripts, source, { ...around, args: body.args, ...(argv === undefined ? {} : { argv }) });
}

/** Commands of `trap TEXT SIGNAL…`; conditional, since the signal may come before or after `exec`. */
function trapBody(scripts: Scripts, around: Around): Body | undefined {
  const { caller } = around;
  const [, script = ""] = caller.words.filter((word) => word !== "--");
  if (script === "" || script === "-" || caller.words.length < 3) return undefined;
  const conditions = [...caller.conditions, { words: caller.words, holds: true }];
  return newBody(scripts, { script, ...sourceOf(caller) }, { ...around, caller: { ...caller, conditions } });
}

/** Body of `eval`, if the variables in its text are known. */
function evalBody(scripts: Scripts, around: Around, words: readonly string[]): Body | undefined {
  const [script, ...others] = scripts.variables.expand(words.join(" "));
  // With several texts, none is certain; an empty text depends on a value that only the cluster knows.
  if (script === undefined || script.trim() === "" || others.length > 0 || words[0] === "set")
    return undefined;
  return newBody(scripts, { script, ...sourceOf(around.caller) }, around);
}

/** Body of the function that a command calls. */
export function functionBody(body: Body, caller: StartedCommand): Body | undefined {
  const [name = "", ...words] = caller.words;
  const called = body.functions.get(name);
  const key = `${called?.file ?? ""}#${name}`;
  if (called === undefined || body.trail.includes(key)) return undefined;
  const argv = caller.argv?.word === 1 ? { argv: caller.argv.index } : {};
  const { functions, trail } = body;
  return {
    ...called,
    functions,
    args: { words, known: true },
    caller,
    trail: [...trail, key],
    ...argv,
  };
}

function newBody(scripts: Scripts, source: Source | undefined, around: Around): Body | undefined {
  const { functions, trail } = around;
  const key = source?.file ?? source?.script;
  if (source === undefined || key === undefined || trail.includes(key)) return undefined;
  for (const [, name = ""] of source.script.matchAll(LOOP)) scripts.variables.forget(name);
  const place = source.file === undefined ? sourceOf(around.caller, source.source) : { file: source.file };
  const commands = commandsOf(scripts, source.script);
  const defined = commands.filter(({ within }) => within !== undefined);
  for (const [name, own] of Map.groupBy(defined, ({ within = "" }) => within)) {
    functions.set(name, { commands: own, ...place });
  }
  const own = commands.filter(({ within }) => within === undefined);
  return { ...around, commands: own, trail: [...trail, key], ...place };
}

function commandsOf({ read }: Scripts, script: string): readonly ShellCommand[] {
  const commands = read.get(script) ?? asOrdinaryUser(shellCommands(script));
  read.set(script, commands);
  return commands;
}
