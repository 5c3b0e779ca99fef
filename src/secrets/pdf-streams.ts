import { inflateSync } from "node:zlib";

const MAGIC = Buffer.from("%PDF-");
const STREAM = Buffer.from("stream");
/** Maximum number of bytes inflated from one stream; pages of text are smaller. */
const STREAM_BYTES = 1024 ** 2;
/** Maximum number of bytes inflated from all streams of one stretch. */
const MOST_BYTES = 16 * 1024 ** 2;
const PARTIAL = { maxOutputLength: STREAM_BYTES };

export function isPdf(head: Buffer): boolean {
  return head[0] === MAGIC[0] && MAGIC.equals(head.subarray(0, MAGIC.length));
}

/**
 * Inflated Flate streams of a PDF (ISO 32000-1 7.4.4): pages, attachments, forms. Images and encrypted
 * streams are skipped.
 */
export function* pdfStreams(bytes: Buffer): Iterable<Buffer> {
  let left = MOST_BYTES;
  for (let at = bytes.indexOf(STREAM); at >= 0 && left > 0; at = bytes.indexOf(STREAM, at + 1)) {
    const start = at + STREAM.length + (bytes[at + STREAM.length] === 0x0d ? 2 : 1);
    const [first = 0, second = 0] = bytes.subarray(start, start + 2);
    if ((first & 0x0f) !== 8 || ((first << 8) | second) % 31 !== 0) continue;
    const content = unpacked(bytes.subarray(start));
    left -= content?.length ?? STREAM_BYTES / 16;
    if (content !== undefined) yield content;
  }
}

function unpacked(packed: Buffer): Buffer | undefined {
  try {
    return inflateSync(packed, PARTIAL);
  } catch {
    return undefined;
  }
}
