import { baseName } from "../../../contract/base-name.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import { PieceWindow } from "../../cataloger/piece-window.ts";
import { RarePart } from "./rare-part.ts";
import { type RedisVersion, redisVersion } from "./redis-version.ts";
import { RUNTIMES, type Runtime } from "./runtimes.ts";

/** Longest version with its terminator, in bytes. */
const VERSION_BYTES = 24;
/** Smallest runtime, in bytes; most programs are smaller. */
const RENAMED_BYTES = 256 * 1024;
/** Maximum size of a runtime, in bytes, except for runtimes marked isLarge. */
const LARGE_BYTES = 64 * 1024 ** 2;

/**
 * Search for the version of a runtime while the file is streamed; undefined for a file without the name of a
 * runtime.
 */
export function runtimeSearch(path: string): RuntimeSearch | RedisVersion | undefined {
  const name = baseName(path);
  const runtime = RUNTIMES.find(({ file }) => file.test(name));
  return runtime === undefined ? redisVersion(name) : new RuntimeSearch([runtime], false);
}

/**
 * Searches all runtimes in a program with any name. Folders of distributions are excluded: there, the cost is
 * too high, and packages name their files. Undefined if not searched.
 *
 * @param size size of the program in bytes
 */
export function renamedSearch(path: string, size: number): RuntimeSearch | undefined {
  if (size < RENAMED_BYTES || OF_DISTRIBUTION.test(path)) return undefined;
  const wanted = RUNTIMES.filter(({ isLarge, isByName }) =>
    size > LARGE_BYTES ? isLarge : isByName !== true,
  );
  return new RuntimeSearch(wanted, true);
}

const OF_DISTRIBUTION = /^\/(?:usr\/(?!local\/)|s?bin\/|lib)/;

export class RuntimeSearch {
  readonly #searches: readonly MarkSearch[];
  readonly #kept: number;
  readonly #window = new PieceWindow();

  /** @param isSure requires more than a mark, since the program's name proves nothing */
  constructor(runtimes: readonly Runtime[], isSure: boolean) {
    this.#searches = runtimes.map((runtime) => new MarkSearch(runtime, isSure));
    this.#kept = Math.max(...this.#searches.map(({ length }) => length));
  }

  push(bytes: Uint8Array): void {
    if (this.#searches.every(({ isOver }) => isOver)) return;
    this.#window.add(bytes, () => {
      const all = this.#window.bytes;
      for (const search of this.#searches) search.see(all);
      this.#window.dropTo(Math.max(0, all.length - this.#kept));
    });
  }

  /** Runtimes found; empty without a version, since another program may have the name. */
  end(): readonly PackageFacts[] {
    const rest = Buffer.concat([this.#window.bytes, Buffer.alloc(VERSION_BYTES)]);
    for (const search of this.#searches) search.see(rest);
    return this.#searches.flatMap(({ found }) => found ?? []);
  }
}

/** Searches one runtime's mark. */
class MarkSearch {
  readonly #runtime: Runtime;
  readonly #mark: Buffer;
  /**
   * Search for the part of the mark after its leading zero byte, if any: programs are full of zeros, so the
   * zero is checked last.
   */
  readonly #behindZero: RarePart;
  readonly #certainty: RarePart | undefined;
  /** Bytes to search again together with the next piece. */
  readonly length: number;
  #isCertain: boolean;
  #version: string | undefined;

  constructor(runtime: Runtime, isSure: boolean) {
    this.#runtime = runtime;
    this.#mark = Buffer.from(runtime.mark, "latin1");
    this.#behindZero = new RarePart(this.#mark[0] === 0 ? this.#mark.subarray(1) : this.#mark);
    const certainty = Buffer.from((isSure ? runtime.certainty : undefined) ?? "", "latin1");
    this.#certainty = certainty.length > 0 ? new RarePart(certainty) : undefined;
    this.length = Math.max(this.#mark.length + VERSION_BYTES, certainty.length);
    this.#isCertain = this.#certainty === undefined;
  }

  get isOver(): boolean {
    return this.#version !== undefined && this.#isCertain;
  }

  get found(): PackageFacts | undefined {
    const [name, version] = [this.#runtime.name, this.#version];
    return version === undefined || !this.#isCertain ? undefined : { type: "generic", name, version };
  }

  see(bytes: Buffer): void {
    this.#version ??= this.#in(bytes);
    this.#isCertain ||= this.#certainty !== undefined && this.#certainty.indexIn(bytes, 0) >= 0;
  }

  #in(bytes: Buffer): string | undefined {
    for (let at = this.#next(bytes, 0); at >= 0; at = this.#next(bytes, at + 1)) {
      const end = at + this.#mark.length + VERSION_BYTES;
      if (end > bytes.length) return undefined;
      const [, found] = this.#runtime.version.exec(bytes.toString("latin1", at, end)) ?? [];
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #next(bytes: Buffer, from: number): number {
    if (this.#mark[0] !== 0) return this.#behindZero.indexIn(bytes, from);
    let at = this.#behindZero.indexIn(bytes, from + 1);
    while (at >= 0 && bytes[at - 1] !== 0) at = this.#behindZero.indexIn(bytes, at + 1);
    return Math.max(at - 1, -1);
  }
}
