import type { ContentSink } from "./content/content-sink.ts";
import type { Opening } from "./content/opening.ts";
import { memberPlace, type Place } from "./content/place.ts";
import { HEAD_BYTES, packedFormat } from "./format.ts";

const ELF = 0x7f45_4c46;
/** Mark of AppImage in the header, for its formats 1 (ISO 9660) and 2 (squashfs). */
const APP_IMAGE = 0x4149;

/**
 * End of an ELF program by its section table, which linkers write last. No loader reads the bytes after the
 * end, but the program itself may. Undefined for other files and for programs without a section table.
 */
export function programEnd(head: Uint8Array): number | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 64));
  if (bytes.length < 64 || bytes.readUInt32BE(0) !== ELF || bytes[5] !== 1) return undefined;
  const isLong = bytes[4] === 2;
  const table = isLong ? Number(bytes.readBigUInt64LE(40)) : bytes.readUInt32LE(32);
  const [size, count] = isLong
    ? [bytes.readUInt16LE(58), bytes.readUInt16LE(60)]
    : [bytes.readUInt16LE(46), bytes.readUInt16LE(48)];
  return table === 0 ? undefined : table + size * count;
}

export function isAppImage(head: Uint8Array): boolean {
  return head.length >= 11 && ((head[8] ?? 0) << 8) + (head[9] ?? 0) === APP_IMAGE;
}

/** Reader of a program and of the archive after it: AppImage, self-extracting archives. */
export class ProgramOverlay implements ContentSink {
  readonly #program: ContentSink;
  readonly #place: Place;
  readonly #opening: Opening;
  readonly #end: number;
  #passed = 0;
  #head: Buffer = Buffer.alloc(0);
  #archive: ContentSink | undefined;
  #isOther = false;

  constructor(program: ContentSink, end: number, place: Place, opening: Opening) {
    this.#program = program;
    this.#end = end;
    this.#place = place;
    this.#opening = opening;
  }

  whole(bytes: Uint8Array): void {
    this.#program.whole(bytes);
    this.#see(bytes);
    this.#finish();
  }

  push(bytes: Uint8Array): void {
    this.#program.push(bytes);
    this.#see(bytes);
  }

  end(): void {
    this.#program.end();
    this.#finish();
  }

  #see(bytes: Uint8Array): void {
    const from = Math.max(0, this.#end - this.#passed);
    this.#passed += bytes.length;
    if (from >= bytes.length || this.#isOther) return;
    const more = bytes.subarray(from);
    if (this.#archive !== undefined) return this.#archive.push(more);
    this.#head = Buffer.concat([this.#head, more]);
    if (this.#head.length >= HEAD_BYTES) this.#begin();
  }

  #begin(): void {
    const head = this.#head;
    this.#head = Buffer.alloc(0);
    this.#isOther = packedFormat(head.subarray(0, HEAD_BYTES), "") === undefined;
    if (this.#isOther) return;
    this.#archive = this.#opening.open(memberPlace(this.#place, "payload"));
    this.#archive.push(head);
  }

  #finish(): void {
    if (this.#head.length > 0) this.#begin();
    this.#archive?.end();
  }
}
