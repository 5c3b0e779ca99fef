import { inflateSync } from "node:zlib";
import { LIMITS } from "../../../contract/limits.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import { fieldsOf, textOf } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import { PieceWindow } from "../../cataloger/piece-window.ts";
import { beginsDeflated, TELLING_BYTES } from "./deflate-beginning.ts";

/** Longest list in its deflated form; 1,000 crates take some 30 KiB. */
const DATA_BYTES = 1024 ** 2;
/** Longest list; 1,000 crates take some 150 KiB. */
const JSON_BYTES = 8 * 1024 ** 2;
const BEGINNING = Buffer.from('{"packages":[');
/**
 * Possible first two bytes of zlib data (RFC 1950): deflate with a 32 KiB window, a multiple of 31, without a
 * dictionary.
 */
const ZLIB_HEADERS = [0x7801, 0x785e, 0x789c, 0x78da].map((header) =>
  Buffer.from([header >> 8, header & 0xff]),
);
const ZLIB_HEADER = 2;

/** Crates that a program was built from. */
export interface AuditData {
  readonly packages: readonly PackageFacts[];
  /** Whether the list is truncated or invalid, so that crates are missing. */
  readonly isUnread: boolean;
}

/**
 * Searches the crate list of cargo-auditable (section `.dep-v0`: deflated JSON,
 * https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md) while a program's bytes arrive.
 * Anything that begins like zlib data is inflated for a few bytes. This needs neither a second read nor the
 * section table, which is at the end and could be forged.
 */
export class AuditDataSearch {
  readonly #window = new PieceWindow();
  readonly #packages: PackageFacts[] = [];
  #tries = 0;
  #isFound = false;
  #isUnread = false;

  push(bytes: Uint8Array): void {
    if (this.#tries > LIMITS.deflatedPlaces) return;
    this.#window.add(bytes, () => this.#search(false));
  }

  /** Result at the end of the program; undefined without a crate list. */
  end(): AuditData | undefined {
    this.#search(true);
    return this.#isFound ? { packages: this.#packages, isUnread: this.#isUnread } : undefined;
  }

  #search(isEnd: boolean): void {
    const { bytes } = this.#window;
    for (const at of placesOfData(bytes)) {
      const data = bytes.subarray(at, at + DATA_BYTES);
      if (!isEnd && data.length < TELLING_BYTES) return this.#window.dropTo(at);
      this.#tries++;
      if (this.#tries > LIMITS.deflatedPlaces) return this.#giveUp();
      if (!beginsDeflated(data.subarray(ZLIB_HEADER, TELLING_BYTES), BEGINNING)) continue;
      const list = inflated(data);
      if (list === "more" && !isEnd && data.length < DATA_BYTES) return this.#window.dropTo(at);
      this.#see(list);
    }
    // The last byte may be the first of a header.
    this.#window.dropTo(Math.max(0, bytes.length - 1));
  }

  #see(list: Buffer | "more" | "damaged"): void {
    this.#isFound = true;
    try {
      if (typeof list === "string") throw new Error(list);
      this.#packages.push(...cratesIn(list));
    } catch {
      this.#isUnread = true;
    }
  }

  /** Ends the search: a program full of zlib headers would take hours. */
  #giveUp(): void {
    this.#isFound = true;
    this.#isUnread = true;
    this.#window.dropTo(this.#window.bytes.length);
  }
}

/** Offsets at which zlib data may begin, in order. */
function* placesOfData(bytes: Buffer): Iterable<number> {
  const next = ZLIB_HEADERS.map((header) => placeOf(bytes, header, 0));
  for (;;) {
    const at = Math.min(...next);
    if (at === Number.POSITIVE_INFINITY) return;
    if (mayBeBlock(bytes[at + ZLIB_HEADER])) yield at;
    const which = next.indexOf(at);
    next[which] = placeOf(bytes, ZLIB_HEADERS[which] ?? bytes, at + 1);
  }
}

/** Offset of the next header; infinity if there is none. */
function placeOf(bytes: Buffer, header: Buffer, from: number): number {
  const at = bytes.indexOf(header, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/**
 * Whether a deflate block may begin with this byte (RFC 1951, 3.2.3): one of the four block types is invalid.
 */
function mayBeBlock(first = 0): boolean {
  return ((first >> 1) & 3) !== 3;
}

function inflated(data: Buffer): Buffer | "more" | "damaged" {
  try {
    return inflateSync(data, { maxOutputLength: JSON_BYTES });
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR" ? "more" : "damaged";
  }
}

/** Crates linked into the program; `build` crates only ran during the build. */
function cratesIn(list: Buffer): readonly PackageFacts[] {
  const { packages } = jsonObject(list);
  if (!Array.isArray(packages)) throw new Error("no list of packages");
  return packages.flatMap((value: unknown) => {
    const { name, version, kind } = fieldsOf(value);
    const [stated, statedVersion] = [textOf(name), textOf(version)];
    if (stated === undefined || statedVersion === undefined) throw new Error("a crate without a name");
    return kind === "build" ? [] : [{ type: "cargo", name: stated, version: statedVersion } as const];
  });
}
