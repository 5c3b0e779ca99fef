import { textOf } from "./file-text.ts";

const [NEWLINE, NUL] = [0x0a, 0];
/** Number of consecutive NULs that mark preallocated space. */
const ALLOCATED = Buffer.alloc(4);

/** Whether a file contains unwritten, preallocated space, so that it can be written without growing. */
export function hasAllocatedPlaces(content: Buffer): boolean {
  return content.includes(ALLOCATED);
}

/**
 * Lines written into a file of fixed size: a ring buffer, or a preallocated log. Undefined for a file with
 * more than text and NULs, since a database may contain lines, too.
 *
 * @param before earlier content, of the same length
 */
export function linesWritten(before: Buffer, after: Buffer): string | undefined {
  if (
    before.length !== after.length ||
    textOf(Buffer.from(after.filter((byte) => byte !== NUL))) === undefined
  )
    return undefined;
  const lines: string[] = [];
  for (let start = 0; start < after.length; start = endOfLine(after, start)) {
    const end = endOfLine(after, start);
    if (before.subarray(start, end).equals(after.subarray(start, end))) continue;
    const text = after.subarray(start, end).toString("latin1").replaceAll("\0", "");
    if (text.endsWith("\n") && text.trim() !== "") lines.push(text);
  }
  return lines.length === 0 ? undefined : lines.join("");
}

/** Offset after the line's end; the end of the content if no line feed follows. */
function endOfLine(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(NEWLINE, start);
  return end < 0 ? bytes.length : end + 1;
}
