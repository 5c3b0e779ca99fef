// DER: ITU-T X.690 (https://www.itu.int/rec/T-REC-X.690), as far as certificates and revocation lists need
// it.

/** DER element: one byte of tag, length, content. */
export interface Der {
  readonly tag: number;
  readonly content: Buffer;
  /** Tag, length and content. */
  readonly whole: Buffer;
}

/** Bytes that are not DER, or not of the expected shape. */
export class DerError extends Error {}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

/** Parses bytes that consist of exactly one element. */
export function parseDer(bytes: Uint8Array): Der {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const element = elementAt(buffer, 0);
  if (element.whole.length !== buffer.length) throw new DerError("trailing bytes");
  return element;
}

/** Elements inside a constructed element. @throws DerError */
export function childrenOf({ content }: Der): readonly Der[] {
  const children: Der[] = [];
  for (let at = 0; at < content.length; ) {
    const child = elementAt(content, at);
    children.push(child);
    at += child.whole.length;
  }
  return children;
}

/** Elements of a sequence. @throws DerError if it is something else */
export function sequenceOf(element: Der | undefined): readonly Der[] {
  return childrenOf(expectTag(element, TAG.sequence));
}

/** @throws DerError */
export function expectTag(element: Der | undefined, tag: number): Der {
  if (element?.tag !== tag) throw new DerError(`tag ${element?.tag}, expected ${tag}`);
  return element;
}

/** @throws DerError */
export function oidOf(element: Der | undefined): string {
  const { content } = expectTag(element, TAG.oid);
  const [first = 0, ...others] = arcsOf(content);
  const root = Math.min(Math.floor(Number(first) / 40), 2);
  return [root, Number(first) - root * 40, ...others].join(".");
}

function arcsOf(content: Buffer): readonly bigint[] {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    arcs.push(arc);
    arc = 0n;
  }
  if (arcs.length === 0 || ((content.at(-1) ?? 0) & 0x80) !== 0) throw new DerError("object identifier");
  return arcs;
}

/** @throws DerError */
export function booleanOf(element: Der): boolean {
  const { content } = expectTag(element, TAG.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw new DerError("boolean");
  return content[0] === 0xff;
}

/** Bits of a bit string, first bit first. */
export function bitsOf(element: Der | undefined): readonly boolean[] {
  const { content } = expectTag(element, TAG.bitString);
  const [unused = 8, ...bytes] = content;
  if (unused > 7 || (bytes.length === 0 && unused > 0)) throw new DerError("bit string");
  const bits = bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((byte >> bit) & 1) === 1));
  return bits.slice(0, bits.length - unused);
}

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime, in the form of RFC 5280 or RFC 3161. @throws DerError */
export function derTimeOf(element: Der | undefined): number {
  const text = element?.content.toString("latin1") ?? "";
  const isShort = element?.tag === TAG.utcTime;
  const century = isShort ? (Number(text.slice(0, 2)) >= 50 ? "19" : "20") : "";
  if (!isShort && element?.tag !== TAG.generalizedTime) throw new DerError("time");
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(`${century}${text}`);
  if (parts === null) throw new DerError("time");
  const [, year, month, day, hour, minute, second, fraction = ""] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}Z`;
  const time = Date.parse(iso);
  // Date.parse takes an invalid day (31 April) for a day of the next month.
  if (Number.isNaN(time) || new Date(time).toISOString() !== iso) throw new DerError("time");
  return time;
}

function elementAt(bytes: Buffer, at: number): Der {
  const tag = bytes[at];
  // Tags of several bytes do not occur in these formats.
  if (tag === undefined || (tag & 0x1f) === 0x1f) throw new DerError("tag");
  const { length, header } = lengthAt(bytes, at + 1);
  const [start, end] = [at + 1 + header, at + 1 + header + length];
  if (end > bytes.length) throw new DerError("length beyond the end");
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
}

/** Length in its shortest form, at most 4 bytes, with the number of bytes that encode it. */
function lengthAt(bytes: Buffer, at: number): { readonly length: number; readonly header: number } {
  // The indefinite form (0x80) is refused below; missing bytes are treated the same.
  const first = bytes[at] ?? 0x80;
  if (first < 0x80) return { length: first, header: 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 4 || at + 1 + count > bytes.length) throw new DerError("length");
  const length = bytes.readUIntBE(at + 1, count);
  if (length < 0x80 || bytes[at + 1] === 0) throw new DerError("length not in its shortest form");
  return { length, header: 1 + count };
}
