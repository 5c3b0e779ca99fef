import type { ContentSink } from "../content-sink.ts";
import type { Opening } from "../opening.ts";
import type { Place } from "../place.ts";
import { FIXED, SIGNATURE } from "./records.ts";
import { ZipContent } from "./zip-content.ts";

const MEMBER = Buffer.from("PK\x03\x04", "latin1");
export const END_BYTES = FIXED.end;

/** Whether a content ends as a zip without a comment does, whatever it begins with. */
export function endsLikeZip(bytes: Uint8Array): boolean {
  const at = bytes.length - END_BYTES;
  if (at < 0 || bytes[at] !== 0x50) return false;
  return Buffer.from(bytes.subarray(at, at + 4)).readUInt32LE() === SIGNATURE.end;
}

/** What zips stand behind: a script that unpacks or starts them, the headers of Java's modules (JEP 261) and of Chrome's extensions. */
const PREFIXES = ["#!", "JM\x01\0", "Cr24"];

/** Whether it begins as what has a zip behind it: executable jars, Python's zipapps. */
export function isPrefix(head: Uint8Array): boolean {
  const begin = Buffer.from(head.subarray(0, 4)).toString("latin1");
  return PREFIXES.some((prefix) => begin.startsWith(prefix));
}

/** A script or a program with a zip behind it; or without, when none comes. */
export class PrefixedZip implements ContentSink {
  readonly #place: Place;
  readonly #opening: Opening;
  readonly #before: ContentSink | undefined;
  #zip: ZipContent | undefined;
  #passed = 0;
  /** The end of what came, in which the first member may begin. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(place: Place, opening: Opening) {
    this.#place = place;
    this.#opening = opening;
    this.#before = opening.visitor.content(place);
  }

  whole(bytes: Uint8Array): void {
    this.push(bytes);
    this.end();
  }

  push(piece: Uint8Array): void {
    if (this.#zip !== undefined) return this.#zip.push(piece);
    const bytes = Buffer.concat([this.#rest, piece]);
    const at = bytes.indexOf(MEMBER);
    const end = at < 0 ? Math.max(0, bytes.length - MEMBER.length + 1) : at;
    this.#before?.push(bytes.subarray(0, end));
    this.#passed += end;
    this.#rest = Buffer.from(at < 0 ? bytes.subarray(end) : "");
    if (at >= 0) this.#begin(bytes.subarray(at));
  }

  end(): void {
    if (this.#zip !== undefined) return this.#zip.end();
    this.#before?.push(this.#rest);
    this.#before?.end();
  }

  #begin(bytes: Buffer): void {
    this.#before?.end();
    this.#zip = new ZipContent(this.#place, this.#opening, this.#passed);
    this.#zip.push(bytes);
  }
}
