import type { PieceReader } from "../content/piece-reader.ts";
import { Unreadable } from "../content/unreadable.ts";
import { SIGNATURE, type Sizes, toNumber, type ZipMember } from "./records.ts";

/** Bytes needed to recognise the record: the longest form, with its signature. */
const LONGEST = 24;

/**
 * Sizes after a content (APPNOTE 4.3.9): with or without a signature, of four or eight bytes each. The
 * content's real length decides which form it is. Undefined if some bytes are not available yet.
 *
 * @throws Unreadable damaged: the sizes are not those of the content
 */
export function descriptorSizes(
  reader: PieceReader,
  { isZip64 }: ZipMember,
  content: Sizes,
): Sizes | undefined {
  // The directory of the zip, which follows in any case, is longer than the bytes read beyond the record.
  const bytes = reader.take(LONGEST);
  if (bytes === undefined) return undefined;
  const from = bytes.readUInt32LE() === SIGNATURE.descriptor ? 8 : 4;
  const found = [isZip64, !isZip64].map((isLong) => ({ isLong, sizes: sizesAt(bytes, from, isLong) }));
  const right = found.find(({ sizes }) => sizes !== undefined && isSame(sizes, content));
  if (right === undefined) throw new Unreadable("damaged", "descriptor");
  reader.giveBack(bytes.subarray(from + (right.isLong ? 16 : 8)));
  return content;
}

function sizesAt(bytes: Buffer, at: number, isLong: boolean): Sizes | undefined {
  if (!isLong) return { compressedSize: bytes.readUInt32LE(at), size: bytes.readUInt32LE(at + 4) };
  if (at + 16 > bytes.length) return undefined;
  const [compressed, size] = [bytes.readBigUInt64LE(at), bytes.readBigUInt64LE(at + 8)];
  return compressed >> 53n === 0n && size >> 53n === 0n
    ? { compressedSize: toNumber(compressed), size: toNumber(size) }
    : undefined;
}

function isSame(one: Sizes, other: Sizes): boolean {
  return one.compressedSize === other.compressedSize && one.size === other.size;
}
