import type { FoundFile, InstalledPackages } from "../packages/installed-packages.ts";
import { holdsNoOtherKey, sourceOfCompiled } from "./compiled-python.ts";

interface Module extends FoundFile {
  readonly bytes: Buffer;
}

/** Maximum number of bytes kept of Python sources and compiled modules that contain keys; few do. */
const HELD_BYTES = 16 * 1024 * 1024;

/**
 * Recognises compiled modules of published packages by their sources, whose hashes are in the packages'
 * lists.
 */
export class PythonModules {
  readonly #modules = new Map<string, Module>();
  #bytes = 0;

  /** @param bytes the whole file, valid during the call */
  see(file: FoundFile, bytes: Uint8Array): void {
    const { path } = file;
    if (!/\.pyc?$/.test(path) || this.#modules.has(path)) return;
    this.#bytes += bytes.length;
    if (this.#bytes <= HELD_BYTES) this.#modules.set(path, { ...file, bytes: Buffer.from(bytes) });
  }

  /**
   * Package to whose own tests a compiled module belongs: its source is listed, and contains every key of the
   * module.
   */
  testOf({ path }: FoundFile, packages: InstalledPackages): string | undefined {
    const source = this.#modules.get(sourceOfCompiled(path) ?? "");
    const compiled = this.#modules.get(path);
    if (source === undefined || compiled === undefined || !packages.isListed(source)) return undefined;
    return holdsNoOtherKey(compiled.bytes, source.bytes, source.path) ? packages.testOf(source) : undefined;
  }
}
