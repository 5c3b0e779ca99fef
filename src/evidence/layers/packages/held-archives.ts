import { hash } from "node:crypto";
import { LIMITS } from "../../../contract/limits.ts";
import { HEAD_BYTES, packedFormat } from "../../../image/archives/format.ts";
import type { LayerEntry } from "../analyzers/analyzer.ts";
import type { InstalledPackages } from "./installed-packages.ts";

/** An archive with its content, a copy. */
export interface HeldArchive {
  readonly entry: LayerEntry;
  readonly bytes: Buffer;
}

/**
 * Archives that lie where a distribution's packages have theirs (changelogs, manuals, wheels, jars),
 * held until the layer's lists of packages are there: what a package brought is the same everywhere,
 * and telling so by its hash takes a tenth of unpacking it.
 */
export class HeldArchives {
  readonly #held: HeldArchive[] = [];
  #bytes = 0;

  /** @returns whether it is held; otherwise it is to be looked into now */
  hold(entry: LayerEntry, bytes: Uint8Array): boolean {
    if (!isDistributions(entry.path) || this.#bytes + bytes.length > LIMITS.heldArchiveBytes) return false;
    if (packedFormat(bytes.subarray(0, HEAD_BYTES), entry.path) === undefined) return false;
    this.#bytes += bytes.length;
    this.#held.push({ entry, bytes: Buffer.from(bytes) });
    return true;
  }

  /** Those that no package of the layer brought. */
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
