import { firstBytes } from "../../../contract/first-bytes.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { maskText } from "../../../secrets/scan.ts";
import type { KeptContent } from "../facts/facts.ts";
import type { LayerEntry } from "./analyzer.ts";

/** Bytes read beyond the kept text, so that a secret across the cut is recognised and masked as a whole. */
export const MASK_MARGIN = 8 * 1024;

/** A file whose text is kept: an entry, or the archive that contains it. */
type KeptFile = Pick<LayerEntry, "index" | "path" | "size">;

/** Texts of one layer's files, their secrets masked, within LIMITS.keptBytesPerLayer. */
export class KeptTexts {
  readonly contents: KeptContent[] = [];
  #bytes = 0;

  /** @param bytes beginning of the file, with MASK_MARGIN bytes beyond `limit` if the file is that long */
  add({ index, path, size }: KeptFile, bytes: Uint8Array, limit: number): void {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, limit + MASK_MARGIN));
    const masked = maskText(decoded(head), path);
    const room = Math.max(0, LIMITS.keptBytesPerLayer - this.#bytes);
    const hasRoom = Math.min(Buffer.byteLength(masked), limit) <= room;
    const isCut = size > limit || !hasRoom;
    const text = isCut ? firstBytes(masked, Math.min(limit, room)) : masked;
    this.#bytes += Buffer.byteLength(text);
    const cut = isCut ? { cutAt: limit } : {};
    this.contents.push({ entry: index, text, ...cut, ...(hasRoom ? {} : { full: true }) });
  }
}

/**
 * The bytes as text: UTF-16 if there is a byte order mark, as written by Windows' editors, otherwise UTF-8.
 */
function decoded(bytes: Buffer): string {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (mark === 0xff_fe) return new TextDecoder("utf-16le").decode(bytes);
  if (mark === 0xfe_ff) return new TextDecoder("utf-16be").decode(bytes);
  return bytes.toString("utf8");
}
