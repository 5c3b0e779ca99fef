// GNU's sparse files: only the data between the holes are stored, with a list of segments in one of four
// encodings. https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html

import { quotedUpTo } from "../../contract/shown.ts";
import { corruptImage } from "./corrupt-image.ts";
import { readNumber } from "./numbers.ts";
import { type PaxRecords, parseDecimal, paxNumber, SPARSE_MAP } from "./pax.ts";

/** A segment: offset in the file, and number of bytes stored. */
export type Segment = readonly [offset: number, length: number];

/** Sparse file by PAX records; `segments` is absent if the map precedes the data (version 1.0). */
export interface PaxSparse {
  readonly size: number;
  readonly segments?: readonly Segment[];
}

/**
 * Sparse records, accepted only in the forms of GNU tar: other combinations are partly ignored by Go, and
 * partly by GNU tar.
 *
 * @throws InvalidInputError tar-sparse
 */
export function paxSparse(records: PaxRecords, type: string): PaxSparse | undefined {
  if (records.size === 0) return undefined;
  const names = [...records.keys()].filter((name) => name.startsWith(PREFIX)).map(withoutPrefix);
  if (names.length === 0) return undefined;
  const has = (name: string) => names.includes(name);
  if (type !== "file") throw invalid(`${type}: ${names.join()}`);
  if (has("major") && has("realsize") && !has("map") && !has("size")) {
    const [major, minor] = [paxNumber(records, "GNU.sparse.major"), paxNumber(records, "GNU.sparse.minor")];
    if (major === 1 && minor === 0) return { size: paxNumber(records, "GNU.sparse.realsize") ?? 0 };
  }
  if (!has("map") || !has("size") || ["major", "minor", "realsize"].some(has)) throw invalid(names.join());
  const numbers = Buffer.from(records.get(SPARSE_MAP) ?? []).toString("latin1");
  const segments = numbers === "" ? [] : pairs(numbers.split(","));
  const count = paxNumber(records, "GNU.sparse.numblocks");
  if (count !== segments.length) throw invalid(`${String(count)} ≠ ${segments.length}`);
  return { size: paxNumber(records, "GNU.sparse.size") ?? 0, segments };
}

const PREFIX = "GNU.sparse.";

function withoutPrefix(name: string): string {
  return name.slice(PREFIX.length);
}

/** Segments in an old GNU header: 4 at offset 386, then a flag for a following block with 21 more. */
export function headerSegments(block: Uint8Array): Segment[] {
  return readSegments(block, 386, 4);
}

export function headerRealSize(block: Uint8Array): number {
  return readNumber(block, 483, 12, "realsize");
}

export function headerContinues(block: Uint8Array): boolean {
  return (block[482] ?? 0) !== 0;
}

export function extensionSegments(block: Uint8Array): readonly Segment[] {
  return readSegments(block, 0, 21);
}

export function extensionContinues(block: Uint8Array): boolean {
  return (block[504] ?? 0) !== 0;
}

/** Map before the data in format 1.0: a count, then pairs, one number per line, in whole blocks. */
export class DataMap {
  #text = "";
  #lines = 0;

  /** Bytes of the blocks taken so far. */
  get size(): number {
    return this.#text.length;
  }

  /** Takes one block; returns the segments once the last of them was read. */
  push(block: Uint8Array): readonly Segment[] | undefined {
    const text = String.fromCharCode(...block);
    this.#lines += text.split("\n").length - 1;
    this.#text += text;
    const first = this.#text.slice(0, 20).split("\n", 1)[0] ?? "";
    const count = parseDecimal(first);
    if (count === undefined) throw invalid(first);
    if (this.#lines < 1 + 2 * count) return undefined;
    return pairs(this.#text.split("\n").slice(1, 1 + 2 * count));
  }
}

/**
 * Verifies that segments are ordered, do not overlap, are inside the file, and match the stored size.
 *
 * @throws InvalidInputError tar-sparse
 */
export function verifySegments(segments: readonly Segment[], size: number, stored: number): void {
  let end = 0;
  let sum = 0;
  for (const [offset, length] of segments) {
    if (offset < end || offset + length > size) throw invalid(`${offset},${length}`);
    end = offset + length;
    sum += length;
  }
  if (sum !== stored) throw invalid(`${sum} ≠ ${stored}`);
}

/** First `limit` bytes of the file, with holes filled with zeros. */
export function expandSparse(
  stored: Uint8Array,
  segments: readonly Segment[],
  size: number,
  limit: number,
): Uint8Array {
  const file = new Uint8Array(Math.min(size, limit));
  let at = 0;
  for (const [offset, length] of segments) {
    if (offset >= file.length) break;
    file.set(stored.subarray(at, at + Math.min(length, file.length - offset)), offset);
    at += length;
  }
  return file;
}

/** Places stored bytes, pushed in pieces, at their offsets in the file. */
export class SegmentPlacer {
  readonly #segments: Iterator<Segment>;
  readonly #place: (bytes: Uint8Array, offset: number) => void;
  #offset = 0;
  #left = 0;

  /** @param segments segments, verified by verifySegments() */
  constructor(segments: readonly Segment[], place: (bytes: Uint8Array, offset: number) => void) {
    this.#segments = segments.values();
    this.#place = place;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      while (this.#left === 0) [this.#offset, this.#left] = this.#segments.next().value as Segment;
      const taken = Math.min(this.#left, bytes.length - at);
      this.#place(bytes.subarray(at, at + taken), this.#offset);
      this.#offset += taken;
      this.#left -= taken;
      at += taken;
    }
  }
}

function readSegments(block: Uint8Array, start: number, count: number): Segment[] {
  const segments: Segment[] = [];
  for (let at = start; at < start + 24 * count && block[at] !== 0; at += 24) {
    segments.push([readNumber(block, at, 12, "sparse"), readNumber(block, at + 12, 12, "sparse")]);
  }
  return segments;
}

function pairs(numbers: readonly string[]): readonly Segment[] {
  const segments: Segment[] = [];
  for (let at = 0; at < numbers.length; at += 2) {
    const offset = parseDecimal(numbers[at] ?? "");
    const length = parseDecimal(numbers[at + 1] ?? "");
    if (offset === undefined || length === undefined) throw invalid(numbers.slice(at, at + 2).join(","));
    segments.push([offset, length]);
  }
  return segments;
}

function invalid(seen: string): Error {
  return corruptImage("tar-sparse", {
    fr: `carte de fichier creux invalide dans le tar : ${quotedUpTo(40, seen)}`,
    en: `invalid sparse file map in the tar: ${quotedUpTo(40, seen)}`,
  });
}
