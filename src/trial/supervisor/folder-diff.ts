import { join } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import type { FileSnapshot, TreeEntry } from "./file-snapshot.ts";
import { readStart, textOf, textSample } from "./file-text.ts";

/** First bytes by which a database is recognised; the magic numbers of bbolt and LMDB are at offset 16. */
const MAGIC_BYTES = 24;

/**
 * Differences between two readings of a folder. A folder changed only by reported entries is omitted; the
 * examined folder itself counts, since temporary entries change its time.
 *
 * @param area the folder's path in the container
 * @param known size of the image's file at a path
 */
export function changesIn(
  area: string,
  {
    directory,
    before,
    after,
  }: { readonly directory: string; readonly before: FileSnapshot; readonly after: FileSnapshot },
  known: (path: string) => number | undefined,
): { readonly writes: readonly WriteEvent[]; readonly cut: boolean } {
  const changed = [...after.entries].filter(
    ([path, entry]) => before.entries.get(path)?.version !== entry.version,
  );
  const gone = [...before.entries].filter(([path]) => !after.entries.has(path) && !after.cut);
  const parents = parentsOf([...changed, ...gone].map(([path]) => path));
  const writes: WriteEvent[] = [];
  for (const [path, entry] of changed) {
    if (entry.type === "directory" && parents.has(path)) continue;
    if (writes.length >= LIMITS.trialWrites) return { writes, cut: true };
    const old = before.entries.get(path)?.bytes ?? known(path);
    const base = { kind: "write", area, path: join(area, path) } as const;
    writes.push({
      ...base,
      ...describe(entry, old),
      ...contentOf(directory, path, entry),
    });
  }
  for (const [path, { type }] of gone) {
    if (writes.length >= LIMITS.trialWrites) return { writes, cut: true };
    const kind = type === "whiteout" ? "other" : type;
    const where = { area, path: join(area, path) };
    writes.push({ kind: "write", ...where, type: kind, change: "deleted", bytes: 0, grew: 0 });
  }
  const touched = before.touched !== undefined && before.touched !== after.touched;
  if (touched && writes.length === 0) {
    writes.push({
      kind: "write",
      area,
      path: area,
      type: "directory",
      change: "modified",
      bytes: 0,
      grew: 0,
    });
  }
  return { writes, cut: after.cut };
}

function describe(
  { type, bytes }: TreeEntry,
  old: number | undefined,
): Pick<WriteEvent, "type" | "change" | "bytes" | "grew"> {
  if (type === "whiteout") return { type: "other", change: "deleted", bytes: 0, grew: 0 };
  if (type !== "file") return { type, change: old === undefined ? "created" : "modified", bytes: 0, grew: 0 };
  return { type, change: old === undefined ? "created" : "modified", bytes, grew: bytes - (old ?? 0) };
}

function parentsOf(paths: readonly string[]): ReadonlySet<string> {
  const parents = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const parent = path.slice(0, at);
      // Parents of a known parent are known, too.
      if (parents.has(parent)) break;
      parents.add(parent);
    }
  }
  return parents;
}

function contentOf(
  directory: string,
  path: string,
  { type, bytes }: TreeEntry,
): Pick<WriteEvent, "sample" | "magic"> {
  if (type !== "file" || bytes === 0) return {};
  const start = readStart(diskPath(directory, path), LIMITS.trialFileSampleBytes);
  if (start === undefined || start.length === 0) return {};
  const sample = textSample(start, bytes);
  const magic = textOf(start) === undefined ? { magic: start.subarray(0, MAGIC_BYTES).toString("hex") } : {};
  return { ...(sample === undefined ? {} : { sample }), ...magic };
}
