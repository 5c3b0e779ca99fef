import { createHash } from "node:crypto";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import { readStart } from "./file-start.ts";
import type { Tree } from "./tree.ts";

/** What a file in a volume began with. */
export interface FileBeginning {
  readonly ino: bigint;
  /** Bytes that were read. */
  readonly length: number;
  readonly digest: string;
}

/**
 * What the beginning of a file that was written says beside its name: a digest, and whether it has
 * only grown since it was last read.
 *
 * @param path from the volume's root
 */
export function beginningOf(
  {
    contents,
    volumes,
  }: { readonly contents: Map<string, FileBeginning>; readonly volumes: ReadonlyMap<string, Tree> },
  source: string,
  path: string,
): Pick<WriteEvent, "digest" | "appended"> {
  const ino = volumes.get(source)?.entries.get(path)?.ino;
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

function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
