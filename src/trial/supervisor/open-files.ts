import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { LIMITS } from "../../contract/limits.ts";
import type { OpenFileEvent } from "../../contract/trial-events.ts";
import type { ContainerRun } from "./container-run.ts";
import { textSample } from "./file-text.ts";
import { linkOf, openDescriptors, processesOf } from "./processes.ts";

/** Maximum number of unlinked files examined per container. */
const MOST = 200;
const MEMORY = /^\/memfd:(.*) \(deleted\)$/;
const DELETED = /^(\/.*) \(deleted\)$/;

/** Sizes of unlinked files, by the kernel's identifier. */
export type OpenSizes = ReadonlyMap<string, number>;

/** Sizes of the unlinked files that a container holds open. */
export function openSizes({ container }: Pick<ContainerRun, "container">): OpenSizes {
  return new Map(openFiles(container.pid, 0).files.map(({ key, bytes }) => [key, bytes]));
}

/** Result of openSizes() before the last requests were repeated. */
const atWork = new WeakMap<ContainerRun["container"], OpenSizes>();

/** Records the current sizes, so that later growth is attributed to the requests. */
export function noteOpenSizes(run: Pick<ContainerRun, "container">): void {
  atWork.set(run.container, openSizes(run));
}

/** Records the unlinked files that a container holds open, which neither overlay nor volumes show. */
export function recordOpenFiles({ podContainer: { log }, container }: ContainerRun, before: OpenSizes): void {
  const { files, cut } = openFiles(container.pid, LIMITS.trialFileSampleBytes);
  const noted = atWork.get(container);
  if (cut) log.observe({ kind: "limit", what: "open-files" });
  const byGrowth = files.toSorted((a, b) => grownSince(before, b) - grownSince(before, a));
  for (const { key, path, memory, bytes, start } of byGrowth) {
    const sample = start.length === 0 ? undefined : textSample(start, bytes);
    log.observe({
      kind: "open-file",
      path,
      ...(memory ? { memory } : {}),
      bytes,
      grew: bytes - (before.get(key) ?? 0),
      ...(bytes > (noted?.get(key) ?? 0) && noted !== undefined ? { atWork: true } : {}),
      ...(sample === undefined ? {} : { sample }),
    });
  }
}

interface OpenFile extends Pick<OpenFileEvent, "path" | "bytes"> {
  readonly key: string;
  readonly memory: boolean;
  readonly start: Buffer;
}

/** Growth of a file in bytes, for sorting, since the number of recorded observations is bounded. */
function grownSince(before: OpenSizes, { key, bytes }: OpenFile): number {
  return bytes - (before.get(key) ?? 0);
}

/**
 * Unlinked open files.
 *
 * @param most bytes to read of each.
 * @returns `cut`: more files were open than the bound
 */
function openFiles(
  first: number,
  most: number,
): { readonly files: readonly OpenFile[]; readonly cut: boolean } {
  const found = new Map<string, OpenFile>();
  let left: number = LIMITS.trialOpenFiles;
  for (const { pid } of processesOf(first)) {
    for (const fd of openDescriptors(pid)) {
      if (left === 0) return { files: [...found.values()], cut: true };
      left -= 1;
      const file = openFile(`/proc/${pid}/fd/${fd}`, most);
      if (file === undefined) continue;
      if (found.size >= MOST && !found.has(file.key)) return { files: [...found.values()], cut: true };
      found.set(file.key, file);
    }
  }
  return { files: [...found.values()], cut: false };
}

function openFile(link: string, most: number): OpenFile | undefined {
  const target = linkOf(link);
  const memory = MEMORY.exec(target)?.[1];
  const path = memory ?? DELETED.exec(target)?.[1];
  return path === undefined ? undefined : readOpen(link, { path, memory: memory !== undefined }, most);
}

/**
 * Reads an open file of a process without blocking. The process may replace the file meanwhile, so the opened
 * file is verified.
 */
function readOpen(
  link: string,
  named: Pick<OpenFile, "path" | "memory">,
  most: number,
): OpenFile | undefined {
  try {
    const fd = openSync(link, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile()) return undefined;
      const start = Buffer.alloc(Math.min(most, stat.size));
      const length = start.length === 0 ? 0 : readSync(fd, start, 0, start.length, 0);
      return { key: `${stat.dev} ${stat.ino}`, ...named, bytes: stat.size, start: start.subarray(0, length) };
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}
