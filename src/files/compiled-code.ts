import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

/** Parameters of a CommonJS module, as Node wraps it. */
const HEAD = "(function (exports, require, module, __filename, __dirname) { ";
const TAIL = "\n})";

type ModuleFunction = (
  exports: unknown,
  require: (id: string) => unknown,
  module: NodeJS.Module,
  filename: string,
  folder: string,
) => void;

/** Folder of compiled code for this Node, beside the bundle; V8 refuses code of another V8 or other flags. */
export function compiledFolder(bundle: string): string {
  return join(bundle, "compiled", `${process.version}-${process.platform}-${process.arch}`);
}

/** Name of a module's code in that folder. */
export function codeName(file: string): string {
  return `${basename(file, ".cjs")}.code`;
}

/** Executes a module, as Node's own loader does. */
export function executeModule(script: Script, module: NodeJS.Module): void {
  const run: ModuleFunction = script.runInThisContext();
  run(module.exports, (id) => module.require(id), module, module.filename, dirname(module.filename));
}

/**
 * Loads the modules of the bundle from code that was compiled when the bundle was built (ADR 0326). Modules
 * without such code, and all modules once V8 refuses it (another V8, other flags), are loaded by Node.
 */
export function useCompiledCode(bundle: string): void {
  const folder = compiledFolder(bundle);
  const compiled = namesIn(folder);
  if (compiled.size === 0) return;
  const { extensions } = createRequire(join(bundle, "/"));
  const byNode = extensions[".js"];
  const scripts = new ModuleScripts();
  extensions[".cjs"] = (module, file) => {
    const name = codeName(file);
    const isCompiled = dirname(file) === bundle && compiled.has(name);
    const script = isCompiled ? scripts.load(file, join(folder, name)) : undefined;
    // Before the module is executed, since it loads others.
    if (script?.cachedDataRejected === true) delete extensions[".cjs"];
    if (script?.cachedDataRejected === false) executeModule(script, module);
    else byNode(module, file);
  };
}

/**
 * Scripts of modules. Files are read into memory that is used again: a buffer for each of them would stay
 * until the first large garbage collection.
 */
export class ModuleScripts {
  #memory = Buffer.alloc(0);

  /** @param code file with the module's compiled code, if there is one */
  load(file: string, code?: string): Script {
    const source = this.#read(file, HEAD, TAIL).toString();
    const data = code === undefined ? {} : { cachedData: this.#read(code) };
    return new Script(source, { filename: file, columnOffset: -HEAD.length, ...data });
  }

  /** Content of a file, valid until the next call. */
  #read(file: string, head = "", tail = ""): Buffer {
    const fd = openSync(file, "r");
    try {
      const { size } = fstatSync(fd);
      const length = head.length + size + tail.length;
      if (this.#memory.length < length) this.#memory = Buffer.allocUnsafeSlow(length);
      this.#memory.write(head, 0, "latin1");
      const read = readSync(fd, this.#memory, head.length, size, 0);
      this.#memory.write(tail, head.length + read, "latin1");
      return this.#memory.subarray(0, head.length + read + tail.length);
    } finally {
      closeSync(fd);
    }
  }
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    // Code was compiled for another Node only, or not at all.
    return new Set();
  }
}
