import { relative } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import type { KeptFile } from "../plan/kept.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import { readStart, textOf } from "./file-text.ts";
import type { PodContainer } from "./pod.ts";
import { wholeLinesOf } from "./whole-lines.ts";

/**
 * Keeps the files that a container wrote below a directory, if requested. No process of the container may run
 * meanwhile, as for readSnapshot().
 *
 * @param area the directory's path in the container
 */
export function keepFiles(
  { pod, log }: PodContainer,
  { directory, area }: { readonly directory: string; readonly area: string },
  writes: readonly WriteEvent[],
): void {
  if (!pod.plan.keep) return;
  for (const { type, change, path, bytes } of writes) {
    if (type !== "file" || change === "deleted") continue;
    const content = contentOf(diskPath(directory, `/${relative(area, path)}`), bytes);
    log.keep({ kind: "file", path, bytes, content });
  }
}

/** Text of a file; for a long file, the whole lines at its beginning. */
function contentOf(path: string | Buffer, bytes: number): KeptFile["content"] {
  const start = readStart(path, Math.min(bytes, LIMITS.trialKeptFileBytes));
  if (start === undefined) return "unreadable";
  if (textOf(start) === undefined) return "binary";
  const lines = start.length < bytes ? wholeLinesOf(start, "end") : start;
  return { text: textOf(lines) ?? "", cut: bytes - lines.length };
}
