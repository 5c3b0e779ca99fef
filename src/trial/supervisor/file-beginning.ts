import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import { withoutTimes } from "../../contract/without-times.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import type { FileSnapshot } from "./file-snapshot.ts";
import { readStart } from "./file-text.ts";

/** Beginning of a file's content. */
export interface FileBeginning {
  readonly ino: bigint;
  /** Number of bytes read. */
  readonly length: number;
  readonly digest: string;
}

/** The write, with facts about the beginning of its file. */
export function withBeginning(
  contents: Map<string, FileBeginning>,
  source: string,
  tree: Pick<FileSnapshot, "entries">,
  path: string,
  write: WriteEvent,
): WriteEvent {
  if (write.type === "symlink" && write.change !== "deleted") {
    return { ...write, ...targetDigest(diskPath(source, path)) };
  }
  if (write.type !== "file" || write.change === "deleted") return write;
  const { digest, appended } = beginningOf(contents, source, tree, path);
  return {
    ...write,
    ...(appended === true && write.grew > 0 ? { appended } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

/**
 * Facts about the beginning of a written file: a digest, and whether the file only grew since the last
 * reading.
 *
 * @param source folder that `path` is relative to
 */
function beginningOf(
  contents: Map<string, FileBeginning>,
  source: string,
  { entries }: Pick<FileSnapshot, "entries">,
  path: string,
): Pick<WriteEvent, "digest" | "appended"> {
  const ino = entries.get(path)?.ino;
  const start = readStart(diskPath(source, path), LIMITS.trialDigestBytes);
  if (start === undefined || ino === undefined) return {};
  const key = `${source}\0${path}`;
  const before = contents.get(key);
  const digest = digestOf(start);
  contents.set(key, { ino, length: start.length, digest });
  const same =
    before?.ino === ino && before.length > 0 && digestOf(start.subarray(0, before.length)) === before.digest;
  return { digest, ...(same ? { appended: true } : {}) };
}

/** Digest of a link's target, without times, which differ per start. */
function targetDigest(path: string | Buffer): Pick<WriteEvent, "digest"> {
  try {
    return { digest: digestOf(withoutTimes(readlinkSync(path, "latin1"))) };
  } catch {
    return {};
  }
}

function digestOf(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
