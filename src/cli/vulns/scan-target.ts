import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { LIMITS } from "../../contract/limits.ts";

/** Enough to tell an archive of an image from a document. */
const HEAD_BYTES = 64;

/** The bytes of a file that is a document and no archive; undefined for all that is read as an image. */
export async function documentBytes(operand: string, cwd: string): Promise<Uint8Array | undefined> {
  try {
    await using file = await open(resolve(cwd, operand));
    const { size } = await file.stat();
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    if (!isText(head.subarray(0, bytesRead))) return undefined;
    // One that is longer is read as far as tells its reader that it is.
    const bytes = Buffer.alloc(Math.min(size, LIMITS.sbomBytes + 1));
    const whole = await file.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, whole.bytesRead);
  } catch {
    // No file of this name: an image's, which says so if it is none either.
    return undefined;
  }
}

/** JSON, XML or SPDX's tags. */
function isText(head: Uint8Array): boolean {
  const text = Buffer.from(head)
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  return text.startsWith("{") || text.startsWith("<") || text.startsWith("SPDXVersion:");
}
