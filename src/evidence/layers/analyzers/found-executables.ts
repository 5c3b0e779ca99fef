import { hash } from "node:crypto";
import { HEAD_BYTES, packedFormat } from "../../../archives/format.ts";
import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { isTelling, isWorthKeeping, type OwnedFiles, unmerged } from "../../../sbom/file-lists/file-list.ts";
import type { LayerExecutable, PackagesFacts } from "../facts/facts.ts";
import { EXECUTABLE_HEAD_BYTES, executableKind } from "../packages/executable-kind.ts";
import type { LayerEntry } from "./analyzer.ts";
import { isUnopenedArchive } from "./archive-places.ts";

/** Number of a package's paths that are kept as proof of its presence. */
const SAMPLES = 6;
const MARK_DIGITS = 12;
/** Minimum size of a recorded archive, in bytes: smaller archives are examples and tests of libraries. */
const SMALLEST_ARCHIVE = 16 * 1024;
/**
 * First byte of each archive format: zip, gzip, zstd, xz, bzip2, ar, and a script with an archive appended.
 * The first bytes of most files are different, so one comparison suffices.
 */
const ARCHIVE_BEGINS: ReadonlySet<number> = new Set([0x50, 0x1f, 0x28, 0xfd, 0x42, 0x21, 0x23]);

interface Owner {
  readonly samples: readonly string[];
  /** Paths of the package's files that may be programs. */
  readonly paths: readonly string[];
}

/** Programs, libraries and jars of a layer, with their owners by the layer's package lists. */
export class FoundExecutables {
  readonly #executables: LayerExecutable[] = [];
  /** Indices of executables, by every name in the layer. */
  readonly #byPath = new Map<string, number>();
  readonly #owners = new Map<string, Owner[]>();
  #paths = 0;

  /** @param head first bytes of the file, up to EXECUTABLE_HEAD_BYTES */
  see({ index, path, size }: LayerEntry, head: Buffer): LayerExecutable["kind"] | undefined {
    const found = this.#found(path, head) ?? this.#archive(path, size, head);
    if (found === undefined) return undefined;
    this.#byPath.set(unmerged(path), this.#executables.push({ entry: index, ...found }) - 1);
    return found.kind;
  }

  /**
   * Records a member of an archive.
   *
   * @param size size of the member in bytes
   */
  member({ index }: LayerEntry, inside: string, head: Buffer, size: number): void {
    const found = this.#found(inside, head);
    if (found !== undefined) this.#executables.push({ entry: index, inside, bytes: size, ...found });
  }

  #found(path: string, head: Buffer): Pick<LayerExecutable, "kind" | "mark"> | undefined {
    const begin = head.subarray(0, EXECUTABLE_HEAD_BYTES);
    const kind = executableKind(begin, path);
    if (kind === undefined) return undefined;
    if (this.#executables.length >= LIMITS.executablesPerLayer) throw tooMany("executablesPerLayer");
    return { kind, mark: markOf(begin) };
  }

  #archive(path: string, size: number, head: Buffer): Pick<LayerExecutable, "kind" | "mark"> | undefined {
    if (size < SMALLEST_ARCHIVE || !(ARCHIVE_BEGINS.has(head[0] ?? 0) || path.endsWith(".tar"))) {
      return undefined;
    }
    if (!isUnopenedArchive(path)) return undefined;
    if (packedFormat(head.subarray(0, HEAD_BYTES), path) === undefined) return undefined;
    return { kind: "archive", mark: markOf(head.subarray(0, EXECUTABLE_HEAD_BYTES)) };
  }

  /** Records another name of a known file. */
  link(path: string, target: string): void {
    const known = this.#byPath.get(unmerged(target));
    if (known !== undefined) this.#byPath.set(unmerged(path), known);
  }

  /** Records the owners of files. @throws InvalidInputError layer-executable-limit */
  list(files: Iterable<OwnedFiles>): void {
    for (const { owner, paths } of files) {
      const all = [...paths];
      const telling = all.filter(isTelling);
      const programs = all.filter(isWorthKeeping).map(unmerged);
      this.#paths += programs.length;
      if (this.#paths > LIMITS.listedProgramsPerLayer) throw tooMany("listedProgramsPerLayer");
      const samples = spread(telling.length > 0 ? telling : all);
      this.#owners.set(owner, [...(this.#owners.get(owner) ?? []), { samples, paths: programs }]);
    }
  }

  facts(): Pick<PackagesFacts, "executables" | "owners"> {
    const executables = [...this.#executables];
    const owners = [...this.#owners].map(([owner, lists], index) => {
      const elsewhere = lists
        .flatMap(({ paths }) => paths)
        .filter((path) => {
          const at = this.#byPath.get(path);
          const executable = at === undefined ? undefined : executables[at];
          if (at === undefined || executable === undefined) return true;
          executables[at] = { ...executable, owner: index };
          return false;
        });
      const samples = [...new Set(lists.flatMap((list) => list.samples))].slice(0, SAMPLES);
      return { owner, samples, elsewhere: [...new Set(elsewhere)] };
    });
    return { executables, owners };
  }
}

function markOf(begin: Buffer): string {
  return hash("sha1", begin).slice(0, MARK_DIGITS);
}

/** A sample of the paths, spread evenly. */
function spread(paths: readonly string[]): readonly string[] {
  if (paths.length <= SAMPLES) return paths;
  const step = (paths.length - 1) / (SAMPLES - 1);
  return Array.from({ length: SAMPLES }, (_, at) => paths[Math.floor(at * step)] ?? "");
}

function tooMany(bound: "executablesPerLayer" | "listedProgramsPerLayer"): InvalidInputError {
  const most = LIMITS[bound];
  return new InvalidInputError("layer-executable-limit", {
    fr: `la couche contient, ou ses listes de paquets nomment, plus de ${most} programmes (borne ${bound})`,
    en: `the layer holds, or its lists of packages name, more than ${most} programs (bound ${bound})`,
  });
}
