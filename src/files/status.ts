import { type Stats, statSync } from "node:fs";

/** Status of a path, links followed; undefined also for an invalid path (with NUL, or too long). */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
