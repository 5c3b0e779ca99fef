import { InvalidInputError } from "../../contract/error.ts";
import type { ProgramCall, ProgramFacts, ProgramStep } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { RootFile, RootFs } from "../../image/rootfs/root-fs.ts";
import { argumentsAfter, expandWords, type ShellArguments } from "../../shell/arguments.ts";
import { interpreterOf, isShellScript } from "../../shell/interpreter.ts";
import { shellCommands } from "../../shell/parse-commands.ts";
import { programsIn } from "../../shell/programs.ts";
import { shellCall, shellMode, startupVariable } from "../../shell/shells.ts";
import { isComputed, ShellVariables } from "../../shell/variables.ts";
import { executedBy } from "../../shell/wrappers.ts";
import { loadedBehind } from "../../start/loaded-file.ts";
import { taskScript } from "../../start/task-scripts.ts";
import { type ProgramEnvironment, ProgramFiles } from "./program-files.ts";

export type { ProgramEnvironment } from "./program-files.ts";

/** Contents of programs, as far as known. */
export interface ProgramContents {
  /**
   * The text of a script; undefined for another program.
   *
   * @param isRead whether a shell reads the file, which then is a script in any format
   */
  scriptOf(file: RootFile, isRead?: boolean): string | undefined;
  /** Name of a user-changing tool (su, gosu) if the program is this tool by its content. */
  toolOf(file: RootFile): string | undefined;
  /** Name of the user-changing tool that a source in another language seems to call. */
  callOf(file: RootFile): string | undefined;
}

/**
 * Folders of a distribution's tools that are scripts (`ldd`, `which`), which are not part of a team's start.
 */
const INSTALLED = /^\/(?:usr\/)?s?bin\//;

/**
 * Follows a command line through the image: the program, the interpreter of a script, the command that a
 * wrapper (tini, gosu, env, `sh -c`) or shell script starts, and the scripts that it calls or reads. Stops at
 * the bounds startDepth, startSteps, startLookups, scriptBytes and those of shellCommands() and
 * expandWords(), and then sets `cut`.
 */
export function programOf(
  argv: readonly string[],
  environment: ProgramEnvironment,
  root: RootFs,
  contents: ProgramContents,
): ProgramFacts {
  const files = new ProgramFiles(environment, root);
  const tracer = new Tracer(files, contents, environment.env ?? []);
  tracer.start(argv, 1);
  const calls = tracer.calls.length === 0 ? {} : { calls: tracer.calls };
  const facts = { argv, path: environment.path, steps: tracer.steps, ...calls };
  return tracer.cut || files.isExhausted ? { ...facts, cut: true } : facts;
}

class Tracer {
  readonly steps: ProgramStep[] = [];
  readonly calls: ProgramCall[] = [];
  cut = false;
  readonly #files: ProgramFiles;
  readonly #contents: ProgramContents;
  readonly #seen = new Set<string>();
  /** Names of the shell functions read so far. */
  readonly #functions = new Set<string>();
  readonly #variables: ShellVariables;
  readonly #env: readonly string[];

  constructor(files: ProgramFiles, contents: ProgramContents, env: readonly string[]) {
    this.#files = files;
    this.#env = env;
    // Unset variables may be set by a manifest.
    this.#variables = new ShellVariables(env, true);
    this.#contents = contents;
  }

  /** @param depth number of programs in the chain, including this one */
  start(words: readonly string[], depth: number): void {
    const [name = ""] = words;
    if (name === "") return;
    this.#take(words, isComputed(name) ? undefined : this.#files.executable(name), depth);
  }

  /** Records a step that was not recorded before, and follows the step. */
  #take(words: readonly string[], file: RootFile | undefined, depth: number, isRead = false): void {
    const key = words.join("\0");
    if (this.#seen.has(key)) return;
    if (depth > LIMITS.startDepth || this.steps.length >= LIMITS.startSteps) {
      this.cut = true;
      return;
    }
    this.#seen.add(key);
    const script = file === undefined ? undefined : this.#contents.scriptOf(file, isRead);
    this.steps.push({ ...stepOf(words[0] ?? "", file, script), ...this.#otherName(file) });
    if (script === undefined) return this.#followArguments(words, depth + 1);
    if (file !== undefined && isCutShort(file, script)) this.cut = true;
    this.#followInterpreter(interpreterOf(script), depth + 1);
    // A file without `#!` is read by the calling shell.
    const [name = "", ...rest] = words;
    if (isShellScript(script)) this.#followText(script, { name, words: rest, known: true }, depth + 1);
  }

  #followArguments(words: readonly string[], depth: number): void {
    this.#load(words);
    this.#readFirst(words, depth);
    const inner = executedBy(words);
    if (inner.length > 0) return this.start(inner, depth);
    this.#followTask(words, depth);
    const call = shellCall(words);
    if (call === undefined) return;
    const given = words.slice(call.index);
    const [first = "", name = "", ...rest] = given;
    if (call.inline) this.#followText(first, { name, words: rest, known: true }, depth);
    else if (!isComputed(first)) this.#take(given, this.#files.readable(first), depth, true);
  }

  /** Follows the file that a shell reads before its command, because BASH_ENV or ENV names it. */
  #readFirst(words: readonly string[], depth: number): void {
    const mode = shellMode(words);
    const variable = mode === undefined ? undefined : startupVariable(mode);
    const prefix = `${variable}=`;
    const file = variable === undefined ? undefined : this.#env.find((entry) => entry.startsWith(prefix));
    if (file !== undefined) this.#read([file.slice(prefix.length)], undefined, depth);
  }

  /**
   * Follows a task runner's command. Programs in the runner's own folders (node_modules/.bin) are not steps;
   * scripts are.
   */
  #followTask(words: readonly string[], depth: number): void {
    if (depth > LIMITS.startDepth) return;
    const read = (path: string): string | undefined => {
      const file = this.#files.first([path]);
      const text = file === undefined ? undefined : this.#contents.scriptOf(file, true);
      return file === undefined || text === undefined || isCutShort(file, text) ? undefined : text;
    };
    const task = taskScript(words, this.#files.workingDir, read);
    if (task === undefined || task === "unread") return;
    const commands = this.#reading(() => shellCommands(task.script)) ?? [];
    for (const {
      words: [name, ...rest],
    } of commands) {
      if (name !== undefined) this.#call(name === "exec" ? rest : [name, ...rest], depth + 1);
    }
  }

  /** Searches a source that an interpreter loads for calls of tools; the source is not followed. */
  #load(words: readonly string[]): void {
    const loaded = loadedBehind(words);
    if (loaded === undefined || isComputed(loaded.name)) return;
    const file = this.#files.first(loaded.candidates);
    const tool = file === undefined ? undefined : this.#contents.callOf(file);
    if (file === undefined || tool === undefined || this.calls.length >= LIMITS.startSteps) return;
    if (this.calls.some((call) => call.name === loaded.name && call.file === file.path)) return;
    this.calls.push({ name: loaded.name, file: file.path, tool });
  }

  /** Name of another file with the same content: the original of a copy, or another name of a hard link. */
  #otherName(file: RootFile | undefined): Pick<ProgramStep, "is"> {
    if (file === undefined) return {};
    const path = this.#contents.toolOf(file) ?? this.#files.nameOfContent(file);
    const name = path.slice(path.lastIndexOf("/") + 1);
    return file.path.endsWith(`/${name}`) ? {} : { is: name };
  }

  /**
   * Follows an interpreter: `#!/usr/bin/env node` is two steps without arguments, since the script is already
   * being followed.
   */
  #followInterpreter(words: readonly string[], depth: number): void {
    for (let rest = words; rest.length > 0; rest = executedBy(rest)) this.start(rest.slice(0, 1), depth);
  }

  #followText(text: string, given: ShellArguments, depth: number): void {
    const commands = this.#reading(() => shellCommands(text)) ?? [];
    for (const { within } of commands) if (within !== undefined) this.#functions.add(within);
    const programs = programsIn(commands);
    let args = given;
    for (const command of commands) {
      const words = this.#reading(() => expandWords(command.words, args).words);
      if (words === undefined) return;
      this.#variables.assign({ words, assignments: command.assignments }, command.conditions.length === 0);
      for (const one of this.#variables.commands(words))
        this.#follow(one, args, programs.has(command), depth);
      if (command.within === undefined) args = argumentsAfter(words, args, command.conditions.length === 0);
    }
  }

  /** @param goesOn whether this command keeps running as the container's program */
  #follow(words: readonly string[], args: ShellArguments, goesOn: boolean, depth: number): void {
    const [name = "", ...rest] = words;
    if (this.#functions.has(name)) return;
    if (name === "exec") return this.start(executedBy(words), depth);
    if (name === "eval") {
      const texts = depth < LIMITS.startDepth ? this.#variables.expand(rest.join(" ")) : [];
      for (const text of texts) this.#followText(text, args, depth + 1);
      return;
    }
    if (goesOn) return this.start(words, depth);
    if (name === "." || name === "source") return this.#read(rest, args, depth);
    this.#call(words, depth);
  }

  /** A script beyond the bounds of shell reading is not followed. */
  #reading<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      this.cut = true;
      return undefined;
    }
  }

  /** Follows a command that a script calls before its last command; only scripts become steps. */
  #call(words: readonly string[], depth: number): void {
    this.#load(words);
    this.#followTask(words, depth);
    const inner = executedBy(words);
    if (inner.length > 0 && depth <= LIMITS.startDepth) return this.#call(inner, depth + 1);
    const [name = ""] = words;
    const call = shellCall(words);
    if (call?.inline === true) return this.#followArguments(words, depth);
    if (call !== undefined) return this.#read(words.slice(call.index), undefined, depth);
    const file = this.#files.executable(name);
    if (file === undefined || (!name.includes("/") && INSTALLED.test(file.path))) return;
    if (this.#contents.scriptOf(file) !== undefined) this.#take(words, file, depth);
  }

  /**
   * Follows `. FILE` or `sh FILE`. A sourced script without arguments uses the arguments of the calling
   * script.
   */
  #read(words: readonly string[], around: ShellArguments | undefined, depth: number): void {
    const [name = "", ...rest] = words;
    const file = isComputed(name) ? undefined : this.#files.readable(name);
    if (file === undefined || this.#contents.scriptOf(file, true) === undefined) return;
    this.#take([name, ...(rest.length === 0 ? (around?.words ?? []) : rest)], file, depth, true);
  }
}

function stepOf(name: string, file: RootFile | undefined, script: string | undefined): ProgramStep {
  if (file === undefined) return { name };
  const { path, mode, uid, gid, capability } = file;
  return {
    name,
    file: path,
    mode,
    uid,
    gid,
    ...(capability === undefined ? {} : { capability }),
    ...(script === undefined ? {} : { script }),
  };
}

/** Whether only the beginning of a script was kept. */
function isCutShort({ size }: RootFile, script: string): boolean {
  return size > LIMITS.scriptBytes || Buffer.byteLength(script) < size;
}
