import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import { textSample } from "./file-text.ts";
import { hasAllocatedPlaces, linesWritten } from "./fixed-size-lines.ts";
import { visitLiveFiles } from "./live-files.ts";

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOATIME;
const [NEWLINE, NUL] = [0x0a, 0];

/** End of a file's content; in a preallocated log, NULs follow. */
interface FileEnd {
  readonly ino: bigint;
  readonly end: number;
  /** Whole content of a file that can be written without growing. */
  readonly content?: Buffer;
}

/** Ends by path from `/`; `complete`: files not listed did not exist. */
export interface FileEnds {
  readonly ends: ReadonlyMap<string, FileEnd>;
  readonly complete: boolean;
}

/** Records the ends of a directory's files, while a container writes to it. */
export function noteEnds(directory: string): FileEnds {
  const ends = new Map<string, FileEnd>();
  let left: number = LIMITS.trialFixedFilesBytes;
  const complete = visitLiveFiles(directory, (descriptor, path) => {
    const { ino, size } = fstatSync(descriptor, { bigint: true });
    const bytes = Number(size);
    const isSmall = bytes <= Math.min(left, LIMITS.trialFixedFileBytes);
    const content = isSmall ? read(descriptor, 0, bytes) : Buffer.alloc(0);
    left -= content.length;
    const end = endOf(descriptor, bytes);
    ends.set(path, { ino, end, ...(hasAllocatedPlaces(content) ? { content } : {}) });
  });
  return { ends, complete };
}

/**
 * Whole lines that were added to a file since its end was recorded, read once no process runs that could
 * write to the file. Undefined for a file that was rewritten, or grew by other data than lines.
 *
 * @param noted recorded end; absent if the file did not exist
 */
export function addedLines(
  noted: FileEnds | undefined,
  directory: string,
  path: string,
  { type, change }: WriteEvent,
): Pick<WriteEvent, "added"> {
  if (noted === undefined || type !== "file" || change === "deleted") return {};
  const before = noted.ends.get(path);
  if (before === undefined && !noted.complete) return {};
  const added = addedTo(diskPath(directory, path), before);
  return added === undefined ? {} : { added };
}

function addedTo(path: string | Buffer, before: FileEnd | undefined): string | undefined {
  try {
    const descriptor = openSync(path, FLAGS);
    try {
      const { ino, size } = fstatSync(descriptor, { bigint: true });
      if (before !== undefined && before.ino !== ino) return undefined;
      const lines = linesBetween(descriptor, before?.end ?? 0, endOf(descriptor, Number(size)));
      return lines ?? linesWithin(descriptor, before?.content, Number(size));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

function linesBetween(descriptor: number, from: number, end: number): string | undefined {
  if (end <= from) return undefined;
  const before =
    from === 0 ? Buffer.from([NEWLINE]) : read(descriptor, Math.max(0, from - 2), Math.min(from, 2));
  const bytes = read(descriptor, from, Math.min(end - from, LIMITS.trialAddedBytes));
  // UTF-16 has a NUL beside its line end.
  if (!before.includes(NEWLINE) || !bytes.includes(NEWLINE)) return undefined;
  const text = textSample(bytes, end - from);
  if (text === undefined || text.trim() === "" || !text.includes("\n")) return undefined;
  const sample = text.slice(0, LIMITS.trialAddedSampleBytes);
  return sample.slice(0, sample.lastIndexOf("\n") + 1) || undefined;
}

function linesWithin(descriptor: number, before: Buffer | undefined, size: number): string | undefined {
  if (before === undefined || before.length !== size) return undefined;
  const lines = linesWritten(before, read(descriptor, 0, size))?.slice(0, LIMITS.trialAddedSampleBytes);
  return lines?.slice(0, lines.lastIndexOf("\n") + 1) || undefined;
}

/**
 * Length of a file without preallocated NULs at its end: the offset of the first four NULs in its beginning.
 */
function endOf(descriptor: number, size: number): number {
  if (size === 0 || read(descriptor, size - 1, 1)[0] !== NUL) return size;
  const start = read(descriptor, 0, Math.min(size, LIMITS.trialAddedBytes));
  const pair = start.indexOf(Buffer.from([NUL, NUL, NUL, NUL]));
  return pair < 0 ? size : pair;
}

function read(descriptor: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, from));
}
