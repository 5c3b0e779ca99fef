import type { ContentSink } from "./content/content-sink.ts";
import type { Opening } from "./content/opening.ts";
import { memberPlace, type Place } from "./content/place.ts";
import { PharContent } from "./phar-content.ts";
import { PHAR_LOOKAHEAD, pharListIn } from "./phar-index.ts";
import { FIXED, SIGNATURE } from "./zip/records.ts";
import { ZipContent } from "./zip/zip-content.ts";

const MEMBER = Buffer.from("PK\x03\x04", "latin1");
/**
 * Last line of a script that unpacks itself (makeself, bsx), with the first bytes of the archive after it.
 */
const PAYLOADS = [
  "\n\x1f\x8b\x08",
  "\nBZh",
  "\n\xfd7zXZ\0",
  "\n\x28\xb5\x2f\xfd",
  "\n7z\xbc\xaf",
  "\n\x04\x22M\x18",
  "\n]\0\0",
  "\nLZIP\x01",
].map((text) => Buffer.from(text, "latin1"));
const TAR = Buffer.from("ustar");
const TAR_AT = 257;
/** Bytes kept between pieces: the longest payload mark, or the bytes of a tar before its magic number. */
const KEPT = Math.max(TAR_AT + TAR.length, PHAR_LOOKAHEAD);
export const END_BYTES = FIXED.end;

/** Whether a content ends like a zip without a comment. */
export function endsLikeZip(bytes: Uint8Array): boolean {
  const at = bytes.length - END_BYTES;
  if (at < 0 || bytes[at] !== 0x50) return false;
  return Buffer.from(bytes.subarray(at, at + 4)).readUInt32LE() === SIGNATURE.end;
}

/**
 * First bytes of files that a zip may follow: a script that unpacks or starts it, the headers of Java's
 * modules (JEP 261) and of Chrome's extensions.
 */
const PREFIXES = ["#!", "JM\x01\0", "Cr24"];

/**
 * Whether an archive may follow this beginning: a zip in executable jars and Python's zipapps; a PHP
 * program's own archive.
 */
export function isPrefix(head: Uint8Array, path: string): boolean {
  const begin = Buffer.from(head.subarray(0, 4)).toString("latin1");
  return PREFIXES.some((prefix) => begin.startsWith(prefix)) || (begin === "<?ph" && PHAR.test(path));
}

const PHAR = /\.phar(?:\.php)?$/i;

/** Whether a whole content is a script with an archive after the script's last line. */
export function isFollowedScript(bytes: Uint8Array, path: string): boolean {
  const isScript = (bytes[0] === 0x23 && bytes[1] === 0x21) || (bytes[0] === 0x3c && PHAR.test(path));
  if (!isScript) return false;
  const { at } = archiveIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  return at >= 0;
}

/** Reader of a script or program, and of an archive after it. */
export class PrefixedArchive implements ContentSink {
  readonly #place: Place;
  readonly #opening: Opening;
  readonly #before: ContentSink | undefined;
  #archive: ContentSink | undefined;
  #passed = 0;
  /** Last bytes so far, in which the archive may begin. */
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
    if (this.#archive !== undefined) return this.#archive.push(piece);
    const bytes = Buffer.concat([this.#rest, piece]);
    const { at, kind } = archiveIn(bytes);
    const end = at < 0 ? Math.max(0, bytes.length - KEPT) : at;
    this.#before?.push(bytes.subarray(0, end));
    this.#passed += end;
    this.#rest = Buffer.from(at < 0 ? bytes.subarray(end) : "");
    if (at >= 0) this.#begin(bytes.subarray(at), kind);
  }

  end(): void {
    if (this.#archive !== undefined) return this.#archive.end();
    this.#before?.push(this.#rest);
    this.#before?.end();
  }

  #begin(bytes: Buffer, kind: Kind): void {
    this.#before?.end();
    this.#archive = this.#archiveOf(kind);
    this.#archive.push(bytes);
  }

  #archiveOf(kind: Kind): ContentSink {
    if (kind === "zip") return new ZipContent(this.#place, this.#opening, this.#passed);
    if (kind === "phar") return new PharContent(this.#place, this.#opening);
    return this.#opening.open(memberPlace(this.#place, "payload"));
  }
}

type Kind = "zip" | "phar" | "payload";

interface Found {
  /** Offset of the archive; -1 if there is none. */
  readonly at: number;
  readonly kind: Kind;
}

/** Place of the first archive. */
function archiveIn(bytes: Buffer): Found {
  const phar = pharListIn(bytes);
  const other = withoutPhars(bytes);
  return phar >= 0 && (other.at < 0 || phar < other.at) ? { at: phar, kind: "phar" } : other;
}

function withoutPhars(bytes: Buffer): Found {
  const zip = bytes.indexOf(MEMBER);
  const payloads = PAYLOADS.map((magic) => bytes.indexOf(magic) + 1).filter((at) => at > 0);
  const tar = bytes.indexOf(TAR) - TAR_AT;
  const all = tar > 0 && bytes[tar - 1] === 0x0a ? [...payloads, tar] : payloads;
  const first = Math.min(...all);
  if (zip >= 0 && zip < first) return { at: zip, kind: "zip" };
  return { at: all.length === 0 ? -1 : first, kind: "payload" };
}
