import { InvalidInputError } from "../contract/error.ts";
import type { FileSelector } from "../contract/file-selector.ts";
import { LIMITS } from "../contract/limits.ts";
import { argumentsAfter, expandWords, holdsFor } from "../shell/arguments.ts";
import { ShellVariables } from "../shell/variables.ts";
import { loadsFile, unwrap } from "../shell/wrappers.ts";
import { argvPlace, placeOfWord, type StartedCommand } from "./command-place.ts";
import { PACKAGE_JSON } from "./package-scripts.ts";
import { type Body, bodyOf, functionBody, readBody, type Scripts } from "./script-bodies.ts";
import type { StartedImage } from "./started-image.ts";
import { TASK_FILES } from "./task-scripts.ts";
import { holdsForOrdinaryUser } from "./user-functions.ts";

/** Selectors of files, besides the program, that startedCommands() reads. */
export const STARTED_FILES: readonly FileSelector[] = [PACKAGE_JSON, TASK_FILES];

interface Walk extends Scripts {
  readonly variables: ShellVariables;
  left: number;
}

/**
 * Commands that ENTRYPOINT and CMD, or the manifest's overrides, start for a user other than root, in order:
 * wrappers before the wrapped command (`tini`, then `node`), a shell script before its own commands,
 * including scripts that it calls or sources. Conditions that depend only on these arguments are resolved.
 *
 * @throws InvalidInputError beyond argvWords, argvWordLength, startedCommands and startNesting, and as
 * shellCommands() and expandWords()
 */
export function startedCommands(image: StartedImage): readonly StartedCommand[] {
  if (latest?.image !== image) latest = { image, commands: commandsOf(image) };
  return latest.commands;
}

/** Commands of the latest image, since several rules request the same image in turn. */
let latest: { readonly image: StartedImage; readonly commands: readonly StartedCommand[] } | undefined;

function commandsOf(image: StartedImage): readonly StartedCommand[] {
  const { argv } = image.program;
  if (argv.length === 0) return [];
  if (argv.length > LIMITS.argvWords) throw exceeded("argvWords");
  if (argv.some((word) => word.length > LIMITS.argvWordLength)) throw exceeded("argvWordLength");
  const none = { assignments: [], redirections: [], conditions: [], tested: false, operator: "", line: 1 };
  const written = argv.join(" ");
  const command = { ...none, words: argv, written, at: argvPlace(image, 0), argv: { word: 0, index: 0 } };
  const variables = new ShellVariables(image.config.env, image.manifest?.envFrom);
  return follow({ image, read: new Map(), variables, left: LIMITS.startedCommands }, command, []);
}

/** A command, followed by the commands that it starts. */
function follow(walk: Walk, given: StartedCommand, trail: readonly string[]): readonly StartedCommand[] {
  spend(walk, trail);
  const command = { ...given, at: placeOfWord(walk.image, given, 0) };
  const { words, assignments, inner } = unwrap(command.words);
  if (inner.length === 0) return [command, ...run(walk, bodyOf(walk, command, trail))];
  // Redirections and operator belong to the last program of the chain.
  const own = { ...command, words, redirections: [], operator: "" };
  const { loaded: _, ...behind } = shifted(command, words.length);
  const started = {
    ...behind,
    assignments: [...command.assignments, ...assignments],
    ...(loadsFile(words) ? { loaded: true as const } : {}),
  };
  return [own, ...follow(walk, { ...started, words: inner }, [...trail, ""])];
}

/** Commands of a script or function with its arguments, each followed by the commands that it starts. */
function run(walk: Walk, body: Body | undefined): readonly StartedCommand[] {
  if (body === undefined) return [];
  const { caller, file, source, trail } = body;
  const started: StartedCommand[] = [];
  let { args, argv, ...rest } = body;
  for (const command of body.commands) {
    spend(walk, trail);
    const judged = command.conditions.map((condition) => ({
      condition,
      holds: holdsFor(condition, args) ?? holdsForOrdinaryUser(condition, body.functions),
    }));
    if (judged.some(({ holds }) => holds === false)) continue;
    const open = judged.filter(({ holds }) => holds === undefined).map(({ condition }) => condition);
    const { words, handedOn } = expandWords(command.words, args);
    const at = file === undefined ? caller.at : { path: file, line: command.line };
    const conditions = [...caller.conditions, ...open];
    const tested = caller.tested || command.tested;
    const passed = argv === undefined || handedOn === -1 ? {} : { argv: { word: handedOn, index: argv } };
    const inside: StartedCommand = {
      ...command,
      words,
      conditions,
      tested,
      at,
      ...(source === undefined ? {} : { source }),
      ...passed,
    };
    const current = argv === undefined ? { ...rest, args } : { ...rest, args, argv };
    walk.variables.assign(
      { words, assignments: expandWords(command.assignments, args).words },
      conditions.length === 0,
    );
    for (const alternative of alternatives(walk, inside)) {
      const called = functionBody(body, alternative) ?? readBody(walk, current, alternative);
      started.push(...(called === undefined ? follow(walk, alternative, trail) : run(walk, called)));
    }
    const after = argumentsAfter(words, args, open.length === 0);
    if (after !== args) argv = undefined;
    args = after;
  }
  return started;
}

/**
 * The command with variables in its programs' names replaced; if there are several values, none is certain.
 */
function alternatives({ variables }: Walk, command: StartedCommand): readonly StartedCommand[] {
  const { words, conditions, argv } = command;
  const all = variables.commands(words);
  const either = all.length === 1 ? conditions : [...conditions, { words: words.slice(0, 1), holds: true }];
  return all.map((one) => {
    const moved =
      argv === undefined ? {} : { argv: { ...argv, word: argv.word + one.length - words.length } };
    return { ...command, words: one, conditions: either, ...moved };
  });
}

/** The command without its first words. */
function shifted(command: StartedCommand, count: number): StartedCommand {
  if (command.argv === undefined) return command;
  const { word, index } = command.argv;
  return { ...command, argv: { word: word - count, index } };
}

/** Counts commands, since a few lines can branch and nest without bound. */
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
