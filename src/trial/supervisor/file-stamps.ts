import { fstatSync } from "node:fs";
import { visitLiveFiles } from "./live-files.ts";

/** State of a folder's files at one time while containers ran, by path from `/`. */
export interface FileStamps {
  readonly stamps: ReadonlyMap<string, string>;
  /** False if there are more files than the bound. */
  readonly complete: boolean;
}

export function noteStamps(directory: string): FileStamps {
  const stamps = new Map<string, string>();
  const complete = visitLiveFiles(directory, (descriptor, path) => {
    const { ino, size, mtimeNs } = fstatSync(descriptor, { bigint: true });
    stamps.set(path, stampOf(ino, Number(size), mtimeNs));
  });
  return { stamps, complete };
}

/** Text that changes when a file is written or replaced. */
export function stampOf(ino: bigint, bytes: number, writtenAt: bigint): string {
  return [ino, bytes, writtenAt].join(" ");
}
