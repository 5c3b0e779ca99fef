import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { ContainerRun } from "./container-run.ts";

/** Maximum number of bytes of /proc/locks that are read: some 60,000 locks. */
const MOST = 4 * 1024 ** 2;
/** Device of a locked file, hexadecimal: `1: FLOCK  ADVISORY  WRITE 8719 00:2d:11175475 0 EOF`. */
const DEVICE = /^\d+: .*\s([0-9a-f]+):([0-9a-f]+):\d+ \d+ (?:\d+|EOF)$/;

/**
 * Devices, `major:minor`, on which processes hold locks (flock, fcntl, leases), from /proc/locks, which shows
 * the locks of this PID namespace and of nested namespaces.
 *
 * @param text content of /proc/locks (proc_locks(5))
 */
export function lockedDevices(text: string): ReadonlySet<string> {
  return new Set(
    text.split("\n").flatMap((line) => {
      const [, major, minor] = DEVICE.exec(line) ?? [];
      if (major === undefined || minor === undefined) return [];
      return [`${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`];
    }),
  );
}

/**
 * Records the writable mounts of a container with a locked file, at the end of a phase. If the list of locks
 * is too long or cannot be read, each mount counts as possibly locked.
 */
export function recordFileLocks({ podContainer: { plan, log } }: ContainerRun): void {
  const text = readLocks();
  const devices = text === undefined ? undefined : lockedDevices(text);
  for (const { path, source } of plan.writable) {
    if (devices === undefined) log.observe({ kind: "file-lock", area: path, unsure: true });
    else if (devices.has(deviceOf(source))) log.observe({ kind: "file-lock", area: path });
  }
}

function readLocks(): string | undefined {
  try {
    const fd = openSync("/proc/locks", "r");
    try {
      return readBounded(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

/** Whole content of a file; undefined if it is longer than the bound. */
function readBounded(fd: number): string | undefined {
  const parts: Buffer[] = [];
  let left = MOST;
  while (left > 0) {
    const part = Buffer.alloc(Math.min(left, 64 * 1024));
    const bytes = readSync(fd, part);
    if (bytes === 0) return Buffer.concat(parts).toString("latin1");
    parts.push(part.subarray(0, bytes));
    left -= bytes;
  }
  return undefined;
}

/** Device of a folder as `major:minor` (makedev(3)). */
function deviceOf(directory: string): string {
  const { dev } = statSync(directory, { bigint: true });
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn);
  return `${major}:${minor}`;
}
