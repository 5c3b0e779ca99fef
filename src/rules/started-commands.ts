import { InvalidInputError } from "../contract/error.ts";
import type { FileSelector } from "../contract/file-selector.ts";
import type { ImageFacts } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import { unwrap } from "./command-wrappers.ts";
import { PACKAGE_JSON, packageScript } from "./package-scripts.ts";
import { asOrdinaryUser } from "./root-branches.ts";
import { argumentsAfter, expandWords, holdsFor, type ShellArguments } from "./shell-arguments.ts";
import { type ShellCommand, shellCommands } from "./shell-commands.ts";
import { isShellStep, shellCall } from "./shell-programs.ts";

/** Where a command stands: `config.Cmd`, or a script and its line. */
export interface CommandPlace {
  readonly path: string;
  readonly line?: number;
}

/** A command that the container's start leads to: by argv, by a start script, by a package's script. */
export interface StartedCommand extends ShellCommand {
  readonly at: CommandPlace;
  /** From its `word` on, its words are those of argv from `index` on. */
  readonly argv?: { readonly word: number; readonly index: number };
}

/** What startedCommands() reads besides the program itself. */
export const STARTED_FILES: readonly FileSelector[] = [PACKAGE_JSON];

/** A script or function on the way, and how its commands are to be read. */
interface Body {
  readonly commands: readonly ShellCommand[];
  readonly functions: ReadonlyMap<string, readonly ShellCommand[]>;
  readonly args: ShellArguments;
  readonly caller: StartedCommand;
  /** Path of the script; its commands have lines of their own. */
  readonly file?: string;
  /** Index in argv of its first argument, when those are argv's. */
  readonly argv?: number;
  /** Scripts, functions and wrappers (as "") around it: one that calls itself starts nothing new. */
  readonly trail: readonly string[];
}

interface Walk {
  readonly image: ImageFacts;
  left: number;
}

/**
 * The commands that the image's ENTRYPOINT and CMD start for a user other than root, in order:
 * wrappers first (`tini`, then `node`), the commands of a shell script behind the script's own.
 * Conditions that these very arguments decide are decided. Throws InvalidInputError beyond
 * the bounds argvWords, argvWordLength, startedCommands and startNesting.
 */
export function startedCommands(image: ImageFacts): readonly StartedCommand[] {
  const { argv } = image.program;
  if (argv.length === 0) return [];
  if (argv.length > LIMITS.argvWords) throw exceeded("argvWords");
  if (argv.some((word) => word.length > LIMITS.argvWordLength)) throw exceeded("argvWordLength");
  const none = { assignments: [], redirections: [], conditions: [], tested: false, operator: "", line: 1 };
  const command = { ...none, words: argv, at: { path: argvPath(image, 0) }, argv: { word: 0, index: 0 } };
  return follow({ image, left: LIMITS.startedCommands }, command, []);
}

/** Which part of the config holds a word of argv. */
export function argvPath(image: ImageFacts, index: number): string {
  return index < image.config.entrypoint.length ? "config.Entrypoint" : "config.Cmd";
}

/** Where a word of a command stands, by its index in the command. */
export function placeOfWord(image: ImageFacts, { at, argv }: StartedCommand, index: number): CommandPlace {
  if (argv === undefined || index < argv.word) return at;
  return { path: argvPath(image, argv.index + index - argv.word) };
}

/** No condition stands before it whose result is not known. */
export function runsAlways({ conditions }: Pick<ShellCommand, "conditions">): boolean {
  return conditions.length === 0;
}

/** The command itself, and what it starts in turn. */
function follow(walk: Walk, given: StartedCommand, trail: readonly string[]): readonly StartedCommand[] {
  spend(walk, trail);
  const command = { ...given, at: placeOfWord(walk.image, given, 0) };
  const { words, assignments, inner } = unwrap(command.words);
  if (inner.length === 0) return [command, ...run(walk, bodyOf(walk.image, command, trail))];
  // What is redirected, or put in the background, is the program at the end.
  const own = { ...command, words, redirections: [], operator: "" };
  const started = {
    ...shifted(command, words.length),
    assignments: [...command.assignments, ...assignments],
  };
  return [own, ...follow(walk, { ...started, words: inner }, [...trail, ""])];
}

/** The script that a command runs: `sh -c TEXT`, `sh FILE`, FILE itself, or a package's script. */
function bodyOf(image: ImageFacts, caller: StartedCommand, trail: readonly string[]): Body | undefined {
  const { words } = caller;
  const call = shellCall(words);
  const index = call?.index ?? 0;
  const text = call?.inline === true ? words[index] : packageScript(image, words)?.script;
  const step =
    text === undefined
      ? image.program.steps.filter(isShellStep).find(({ name }) => name === words[index])
      : undefined;
  const script = text ?? step?.script;
  const key = step?.file ?? script;
  if (script === undefined || key === undefined || trail.includes(key)) return undefined;
  // Behind `sh -c TEXT` the first word is $0.
  const first = index + (call?.inline === true ? 2 : 1);
  const commands = asOrdinaryUser(shellCommands(script));
  const argv =
    caller.argv === undefined || caller.argv.word > first
      ? {}
      : { argv: caller.argv.index + first - caller.argv.word };
  return {
    commands: commands.filter(({ within }) => within === undefined),
    functions: Map.groupBy(
      commands.filter(({ within }) => within !== undefined),
      ({ within = "" }) => within,
    ),
    args: { words: words.slice(first), known: true },
    caller,
    ...(step === undefined ? {} : { file: step.file }),
    ...argv,
    trail: [...trail, key],
  };
}

/** The commands of a script or function for its arguments, each with what it starts. */
function run(walk: Walk, body: Body | undefined): readonly StartedCommand[] {
  if (body === undefined) return [];
  const { caller, file, trail } = body;
  const started: StartedCommand[] = [];
  let { args, argv } = body;
  for (const command of body.commands) {
    spend(walk, trail);
    const judged = command.conditions.map((condition) => ({ condition, holds: holdsFor(condition, args) }));
    if (judged.some(({ holds }) => holds === false)) continue;
    const open = judged.filter(({ holds }) => holds === undefined).map(({ condition }) => condition);
    const { words, handedOn } = expandWords(command.words, args);
    const at = file === undefined ? caller.at : { path: file, line: command.line };
    const conditions = [...caller.conditions, ...open];
    const passed = argv === undefined || handedOn === -1 ? {} : { argv: { word: handedOn, index: argv } };
    const inside: StartedCommand = { ...command, words, conditions, at, ...passed };
    const called = functionOf(body, inside);
    started.push(...(called === undefined ? follow(walk, inside, trail) : run(walk, called)));
    const after = argumentsAfter(words, args, open.length === 0);
    if (after !== args) argv = undefined;
    args = after;
  }
  return started;
}

/** The body of the function that a command calls. */
function functionOf(body: Body, caller: StartedCommand): Body | undefined {
  const [name = "", ...words] = caller.words;
  const commands = body.functions.get(name);
  const key = `${body.file ?? ""}#${name}`;
  if (commands === undefined || body.trail.includes(key)) return undefined;
  const argv = caller.argv?.word === 1 ? { argv: caller.argv.index } : {};
  const { functions, file } = body;
  const place = file === undefined ? {} : { file };
  return {
    commands,
    functions,
    args: { words, known: true },
    caller,
    trail: [...body.trail, key],
    ...place,
    ...argv,
  };
}

/** The same command without its first words. */
function shifted(command: StartedCommand, count: number): StartedCommand {
  if (command.argv === undefined) return command;
  const { word, index } = command.argv;
  return { ...command, argv: { word: word - count, index } };
}

/** Calls can branch and nest beyond all measure in a few lines. */
function spend(walk: Walk, trail: readonly string[]): void {
  walk.left -= 1;
  if (walk.left < 0) throw exceeded("startedCommands");
  if (trail.length > LIMITS.startNesting) throw exceeded("startNesting");
}

function exceeded(
  bound: "argvWords" | "argvWordLength" | "startedCommands" | "startNesting",
): InvalidInputError {
  const limit = `${LIMITS[bound]} (${bound})`;
  return new InvalidInputError("start-command", {
    fr: `la commande de démarrage et ses scripts dépassent une borne : ${limit} ; les simplifier`,
    en: `the start command and its scripts exceed a bound: ${limit}; simplify them`,
  });
}
