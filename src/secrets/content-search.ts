import type { MatchBudget } from "./match-budget.ts";
import { isPdf } from "./pdf-streams.ts";
import {
  holdsAssembly,
  isBinary,
  isProgram,
  levelOf,
  type SecretHit,
  scanFile,
  scanStretch,
  scanWhole,
} from "./scan.ts";
import type { SearchScope } from "./scope.ts";
import { SievedSearch } from "./sieved-search.ts";

/**
 * Bytes of a content held at a time; longer contents are searched in stretches of this length. Below one
 * mebibyte, Node keeps the decoded text in V8's heap; larger texts stay outside until a garbage collection.
 */
const STRETCH_BYTES = 960 * 1024;
/**
 * Bytes of a stretch that are searched again together with the next stretch: the length of the longest
 * secret.
 */
const OVERLAP_BYTES = 64 * 1024;
/** Bytes needed to decide whether a content is text or binary. */
const HEAD_BYTES = 8 * 1024;

/**
 * Buffer of the current content. A single buffer suffices: an archive's member ends before the next begins.
 */
let stretch = Buffer.alloc(0);

/** A content to search, and the callbacks for results. */
export interface ContentSearchOptions {
  /** Path in the image, absolute. */
  readonly path: string;
  readonly level: SearchScope["level"];
  /** Comparisons that all contents of a layer share. */
  readonly budget: MatchBudget;
  /** Callback for secrets that were found, each value once. */
  readonly found: (hits: readonly SecretHit[]) => void;
  /** Called last, if the budget ended before the content. */
  readonly cut: () => void;
}

/** Searches one content of any length for secrets, in one piece or piece by piece. */
export class ContentSearch {
  readonly #path: string;
  readonly #level: SearchScope["level"];
  readonly #budget: MatchBudget;
  readonly #found: (hits: readonly SecretHit[]) => void;
  readonly #cut: () => void;
  readonly #refusedBefore: number;
  #filled = 0;
  /** Whether a stretch of the content has been searched already. */
  #isCut = false;
  #isBinary: boolean | undefined;
  #isManaged = false;
  #isPdf = false;
  #sieved: SievedSearch | undefined;
  #line = 1;
  #seen: Set<string> | undefined;

  constructor({ path, level, budget, found, cut }: ContentSearchOptions) {
    this.#path = path;
    this.#level = level;
    this.#budget = budget;
    this.#refusedBefore = budget.refused;
    this.#found = found;
    this.#cut = cut;
  }

  whole(bytes: Uint8Array): void {
    this.#tell(scanFile(this.#path, bytes, this.#level, this.#budget));
    this.#sayCut();
  }

  push(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (this.#sieved !== undefined) return this.#sieved.push(bytes);
    // The first piece usually suffices to rule out the content, which is then never copied.
    if (this.#filled === 0 && this.#isNew && bytes.length >= HEAD_BYTES && this.#sieve(bytes)) return;
    for (let at = 0; at < bytes.length; ) {
      makeRoom(Math.min(STRETCH_BYTES, this.#filled + bytes.length - at), this.#filled);
      const part = bytes.subarray(at, at + STRETCH_BYTES - this.#filled);
      stretch.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#isNew && this.#filled >= HEAD_BYTES && this.#sieve(stretch.subarray(0, this.#filled))) {
        return this.push(bytes.subarray(at));
      }
      if (this.#filled === STRETCH_BYTES) this.#searchStretch();
    }
  }

  end(): void {
    const rest = stretch.subarray(0, this.#filled);
    if (this.#sieved === undefined && !this.#isCut) return this.whole(rest);
    if (this.#sieved === undefined) this.#search(rest);
    else this.#sieved.end();
    this.#sayCut();
  }

  /** Reports that the budget ended before the content did. */
  #sayCut(): void {
    if (this.#budget.refused > this.#refusedBefore) this.#cut();
  }

  /** Whether the content's type is still undecided. */
  get #isNew(): boolean {
    return this.#isBinary === undefined;
  }

  /**
   * Classifies the content by its head.
   *
   * @returns whether from now on only keys are searched, without keeping the content
   */
  #sieve(head: Buffer): boolean {
    this.#isBinary = isBinary(head);
    const isKeys =
      levelOf(this.#level, this.#isBinary) === "keys" && !(this.#isBinary && isProgram(this.#path));
    if (!isKeys || scanWhole(this.#path, head, "keys") !== undefined) return false;
    const binary = this.#isBinary;
    this.#sieved = new SievedSearch((bytes) =>
      this.#tell(
        scanStretch(this.#path, bytes, { level: "keys", isBinary: binary, line: 0, budget: this.#budget }),
      ),
    );
    this.#sieved.push(head);
    return true;
  }

  #searchStretch(): void {
    const held = stretch.subarray(0, this.#filled);
    this.#search(held);
    const done = this.#filled - OVERLAP_BYTES;
    if (this.#isBinary === false && this.#level !== "keys") this.#line += newlines(held.subarray(0, done));
    held.copyWithin(0, done);
    this.#filled = OVERLAP_BYTES;
    this.#isCut = true;
  }

  #search(bytes: Buffer): void {
    const binary = this.#isBinary ?? isBinary(bytes);
    const level = this.#level;
    const line = level !== "keys" && !binary ? this.#line : 0;
    // The literals of a .NET assembly may be far after its header.
    this.#isManaged ||= binary && holdsAssembly(bytes);
    if (!this.#isCut) this.#isPdf = isPdf(bytes);
    const budget = this.#budget;
    const stretch = {
      level,
      isBinary: binary,
      line,
      isManaged: this.#isManaged,
      isPdf: this.#isPdf,
      budget,
    };
    this.#tell(scanWhole(this.#path, bytes, level, budget) ?? scanStretch(this.#path, bytes, stretch));
  }

  #tell(hits: readonly SecretHit[]): void {
    if (hits.length === 0) return;
    this.#seen ??= new Set();
    const seen = this.#seen;
    const added = hits.filter(({ id }) => !seen.has(id));
    for (const { id } of added) seen.add(id);
    if (added.length > 0) this.#found(added);
  }
}

/** Enlarges the buffer. @param filled bytes to keep */
function makeRoom(needed: number, filled: number): void {
  if (needed <= stretch.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.min(STRETCH_BYTES, Math.max(needed, 2 * stretch.length)));
  stretch.copy(larger, 0, 0, filled);
  stretch = larger;
}

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
    count += newlinesWithin(bytes, from, Math.min(from + BLOCK_BYTES, bytes.length));
  }
  return count;
}

/**
 * Bytes of one call. A call is so short that V8 soon compiles the function, whereas one long loop might run
 * to its end uncompiled.
 */
const BLOCK_BYTES = 4_096;

function newlinesWithin(bytes: Buffer, from: number, end: number): number {
  let count = 0;
  for (let at = from; at < end; at++) if (bytes[at] === 10) count++;
  return count;
}
