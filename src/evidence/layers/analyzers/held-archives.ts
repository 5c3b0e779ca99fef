import { hash } from "node:crypto";
import { HEAD_BYTES, packedFormat } from "../../../archives/format.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { InstalledPackages } from "../packages/installed-packages.ts";
import type { LayerEntry } from "./analyzer.ts";

/** An archive with a copy of its content, valid until release(). */
export interface HeldArchive {
  readonly entry: LayerEntry;
  readonly bytes: Buffer;
}

/** Bytes of memory allocated at a time: most archives are small. */
const PIECE_BYTES = 1024 ** 2;

/**
 * Archives in folders of a distribution's packages (changelogs, manuals, wheels, jars), held until the
 * layer's package lists are known. Recognising a packaged archive by hash takes a tenth of the time of
 * unpacking it.
 */
export class HeldArchives {
  readonly #held: HeldArchive[] = [];
  readonly #pieces: Buffer<ArrayBuffer>[] = [];
  /** Free bytes of the last piece. */
  #free = 0;
  #bytes = 0;

  /** @returns whether the archive is held; if not, the caller must examine it now */
  hold(entry: LayerEntry, bytes: Uint8Array): boolean {
    if (!isDistributions(entry.path) || this.#bytes + bytes.length > LIMITS.heldArchiveBytes) return false;
    if (packedFormat(bytes.subarray(0, HEAD_BYTES), entry.path) === undefined) return false;
    this.#bytes += bytes.length;
    this.#held.push({ entry, bytes: this.#copy(bytes) });
    return true;
  }

  /** Frees the memory at once, since garbage collection comes long after the layer is read. */
  release(): void {
    for (const piece of this.#pieces) piece.buffer.transfer(0);
    this.#pieces.length = 0;
    this.#held.length = 0;
  }

  #copy(bytes: Uint8Array): Buffer {
    if (bytes.length > this.#free) {
      this.#free = Math.max(PIECE_BYTES, bytes.length);
      this.#pieces.push(Buffer.allocUnsafeSlow(this.#free));
    }
    const piece = this.#pieces.at(-1) ?? Buffer.alloc(0);
    const at = piece.length - this.#free;
    piece.set(bytes, at);
    this.#free -= bytes.length;
    return piece.subarray(at, at + bytes.length);
  }

  /** Archives that no package of the layer lists. */
  unlisted(packages: InstalledPackages): readonly HeldArchive[] {
    if (this.#held.length === 0) return [];
    const byHash = Map.groupBy(this.#held, ({ bytes }) => hash("md5", bytes));
    for (const listed of packages.debianSums(byHash)) byHash.delete(listed);
    return [...byHash.values()].flat();
  }
}

function isDistributions(path: string): boolean {
  return path.startsWith("/usr/") && !path.startsWith("/usr/local/");
}
