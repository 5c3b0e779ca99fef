import type { ProgramFacts, ProgramStep } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import { execCommands, simpleCommands } from "./program/shell-words.ts";
import { isShell, shellArgument, wrappedCommand } from "./program/wrappers.ts";
import { baseName } from "./rootfs/path.ts";
import type { RootFile, RootFs } from "./rootfs/root-fs.ts";

/** What execve and the shell see besides the command line. */
export interface ProgramEnvironment {
  /** Value of PATH. */
  readonly path: string;
  /** Absolute; "" means `/`. */
  readonly workingDir: string;
}

/** The text of a script; undefined for a program that is none. */
export type ScriptOf = (file: RootFile) => string | undefined;

/**
 * Follows a command line through the image: the program, the interpreter of a script, what a
 * wrapper (tini, gosu, env, `sh -c`) or a shell script's `exec` starts in turn. At most
 * LIMITS.startDepth steps; what is beyond cannot be told from a loop.
 */
export function programOf(
  argv: readonly string[],
  environment: ProgramEnvironment,
  root: RootFs,
  scriptOf: ScriptOf,
): ProgramFacts {
  const tracer = new Tracer(environment, root, scriptOf);
  tracer.follow(argv);
  return { argv, path: environment.path, steps: tracer.steps };
}

class Tracer {
  readonly steps: ProgramStep[] = [];
  readonly #environment: ProgramEnvironment;
  readonly #root: RootFs;
  readonly #scriptOf: ScriptOf;
  readonly #seen = new Set<string>();

  constructor(environment: ProgramEnvironment, root: RootFs, scriptOf: ScriptOf) {
    this.#environment = environment;
    this.#root = root;
    this.#scriptOf = scriptOf;
  }

  /** @param place where a name without a slash is looked for: a script that a shell reads lies in its directory */
  follow(words: readonly string[], place: "path" | "directory" = "path"): void {
    const [name] = words;
    const key = words.join("\0");
    if (name === undefined || isComputed(name) || this.#seen.has(key)) return;
    if (this.steps.length >= LIMITS.startDepth) return;
    this.#seen.add(key);
    const file = place === "path" ? this.#find(name) : this.#fileAt(this.#absolute(name));
    const script = file === undefined ? undefined : this.#scriptOf(file);
    this.steps.push(stepOf(name, file, script));
    if (script === undefined) this.#followArguments(words);
    else this.#followScript(words, script);
  }

  #followArguments(words: readonly string[]): void {
    const name = baseName(words[0] ?? "");
    const inner = wrappedCommand(name, words);
    if (inner !== undefined) return this.follow(inner);
    const argument = shellArgument(name, words);
    if (argument === undefined) return;
    if ("script" in argument) this.follow(argument.script, "directory");
    else this.#followShell(argument.command, words.slice(words.indexOf(argument.command) + 1));
  }

  /** The interpreter, then what the script execs. Without `#!` it is the calling shell's to read. */
  #followScript(words: readonly string[], script: string): void {
    const interpreter = interpreterOf(script);
    const program = this.#followInterpreter(interpreter);
    if (interpreter.length === 0 || isShell(program)) this.#followShellScript(script, words);
  }

  /** `#!/usr/bin/env node` is two steps; gives the base name of the last. */
  #followInterpreter(interpreter: readonly string[]): string {
    const name = baseName(interpreter[0] ?? "");
    // Alone: its arguments are the script, which is already being followed.
    this.follow(interpreter.slice(0, 1));
    const inner = wrappedCommand(name, interpreter);
    return inner === undefined ? name : this.#followInterpreter(inner);
  }

  #followShellScript(script: string, words: readonly string[]): void {
    for (const command of execCommands(script)) this.follow(expandArguments(command, words));
  }

  /** `sh -c`: what it execs, or its one command, which shells mostly exec by themselves. */
  #followShell(command: string, rest: readonly string[]): void {
    const commands = execCommands(command);
    const [only, ...others] = simpleCommands(command.trim());
    if (commands.length === 0 && only !== undefined && others.length === 0) return this.follow(only);
    for (const inner of commands) this.follow(expandArguments(inner, rest));
  }

  /** As execvp: a name with a slash is a path, another is looked for in PATH. */
  #find(name: string): RootFile | undefined {
    if (name.includes("/")) return this.#fileAt(this.#absolute(name));
    for (const folder of this.#environment.path.split(":")) {
      const file = this.#fileAt(this.#absolute(folder === "" ? name : `${folder}/${name}`));
      if (file !== undefined && (file.mode & 0o111) !== 0) return file;
    }
    return undefined;
  }

  #absolute(path: string): string {
    return path.startsWith("/") ? path : `${this.#environment.workingDir}/${path}`;
  }

  #fileAt(path: string): RootFile | undefined {
    const file = this.#root.resolve(path);
    return file?.type === "file" ? file : undefined;
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

/** The words of a `#!` line: the interpreter and its one argument, as Linux passes it. */
function interpreterOf(script: string): readonly string[] {
  const match = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^\n]*?))?[ \t]*(?:\n|$)/.exec(script);
  return match === null ? [] : match.slice(1).filter((word) => word !== undefined && word !== "");
}

/** `$@` in a script stands for the words behind its name, `$0` for the name. */
function expandArguments(command: readonly string[], words: readonly string[]): readonly string[] {
  return command.flatMap((word) => {
    if (/^\$(?:[@*]|\{[@*]\})$/.test(word)) return words.slice(1);
    if (/^\$(?:0|\{0\})$/.test(word)) return words.slice(0, 1);
    const number = /^\$(?:([1-9])|\{([1-9])\})$/.exec(word);
    const argument = number === null ? undefined : words[Number(number[1] ?? number[2])];
    return [argument ?? word];
  });
}

/** A name that the shell computes is unknown here. */
function isComputed(name: string): boolean {
  return /[$`]/.test(name);
}
