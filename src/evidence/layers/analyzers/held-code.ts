import { LIMITS } from "../../../contract/limits.ts";
import type { LayerEntry } from "./analyzer.ts";

/** A file with a copy of its content, valid until the next file is held. */
export interface HeldFile {
  readonly entry: LayerEntry;
  readonly bytes: Buffer;
}

interface Range {
  readonly entry: LayerEntry;
  readonly start: number;
  readonly end: number;
}

interface HeldPackage {
  readonly files: Range[];
  bytes: number;
}

/**
 * Code of packages whose manifest comes later in the layer, held until then: a package's files follow one another, so
 * that few packages are held at a time.
 */
export class HeldCode {
  readonly #byManifest = new Map<string, HeldPackage>();
  #memory: Buffer<ArrayBuffer> = Buffer.alloc(0);
  #filled = 0;
  /** First file of each package that was not held. */
  readonly #unheld = new Map<string, LayerEntry>();

  /** First file of each package that was not held, because of the bound. */
  get unheld(): Iterable<LayerEntry> {
    return this.#unheld.values();
  }

  /** @returns whether the file is held; if not, because the bound is reached, the caller must search it now */
  hold(manifest: string, entry: LayerEntry, bytes: Uint8Array): boolean {
    const held = this.#byManifest.get(manifest) ?? { files: [], bytes: 0 };
    held.bytes += bytes.length;
    if (held.bytes > LIMITS.heldPackageBytes || bytes.length > LIMITS.heldCodeBytes - this.#filled) {
      if (!this.#unheld.has(manifest)) this.#unheld.set(manifest, entry);
      return false;
    }
    if (this.#memory.length === 0) this.#memory = Buffer.allocUnsafeSlow(LIMITS.heldCodeBytes);
    const start = this.#filled;
    this.#memory.set(bytes, start);
    this.#filled += bytes.length;
    held.files.push({ entry, start, end: this.#filled });
    this.#byManifest.set(manifest, held);
    return true;
  }

  /** Files of a package, which are then no longer held. */
  take(manifest: string): readonly HeldFile[] {
    const held = this.#byManifest.get(manifest);
    if (held === undefined) return [];
    this.#byManifest.delete(manifest);
    this.#filled = Math.max(0, ...[...this.#byManifest.values()].map(({ files }) => files.at(-1)?.end ?? 0));
    return held.files.map(({ entry, start, end }) => ({ entry, bytes: this.#memory.subarray(start, end) }));
  }

  /** Files of all packages whose manifest did not come. */
  rest(): readonly HeldFile[] {
    return [...this.#byManifest.keys()].flatMap((manifest) => this.take(manifest));
  }

  /** Frees the memory at once, since garbage collection comes long after the layer is read. */
  release(): void {
    this.#memory.buffer.transfer(0);
    this.#memory = Buffer.alloc(0);
  }
}
