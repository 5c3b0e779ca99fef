import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import { withoutTimes } from "../../contract/without-times.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import { readStart } from "./file-start.ts";
import type { Tree } from "./tree.ts";

/** What a file began with. */
export interface FileBeginning {
  readonly ino: bigint;
  /** Bytes that were read. */
  readonly length: number;
  readonly digest: string;
}

/** The same write with what the beginning of the file says of it. */
export function withBeginning(
  contents: Map<string, FileBeginning>,
  source: string,
  tree: Pick<Tree, "entries">,
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
 * What the beginning of a file that was written says beside its name: a digest, and whether it has
 * only grown since it was last read.
 *
 * @param source the directory that `path` starts from
 */
function beginningOf(
  contents: Map<string, FileBeginning>,
  source: string,
  { entries }: Pick<Tree, "entries">,
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

/** Of where a link leads; a time in that is left out, since each start has its own. */
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
