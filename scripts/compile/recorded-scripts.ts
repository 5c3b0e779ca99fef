import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Script } from "node:vm";
import { codeName, compiledFolder, executeModule, ModuleScripts } from "../../src/files/compiled-code.ts";

/** Modules of the bundle that this thread loads, with the code of every function that ran. */
export class RecordedScripts {
  readonly #bundle: string;
  readonly #scripts = new Map<string, Script>();

  constructor(bundle: string) {
    this.#bundle = bundle;
    // Otherwise V8 drops the code of functions that did not run for a while.
    setFlagsFromString("--no-flush-bytecode");
    const scripts = new ModuleScripts();
    createRequire(import.meta.url).extensions[".cjs"] = (module, file) => {
      const script = scripts.load(file);
      if (dirname(file) === bundle) this.#scripts.set(codeName(file), script);
      executeModule(script, module);
    };
  }

  /** Writes the code of the modules whose names match. V8 stores its flags with it, so they are the default. */
  write(names: RegExp): void {
    setFlagsFromString("--flush-bytecode");
    const folder = compiledFolder(this.#bundle);
    mkdirSync(folder, { recursive: true });
    for (const [name, script] of this.#scripts) {
      if (names.test(name)) writeFileSync(join(folder, name), script.createCachedData());
    }
  }
}
