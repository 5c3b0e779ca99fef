import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../workload/left-out/repository-root.ts";

/** The team's settings. */
export const TEAM_FILE = "douane.yaml";

/**
 * The team's file: that of the folder, else that of the nearest folder above it in the same
 * repository. Above, others may write (`/tmp`): a file there counts only where the owner of the
 * folder, root or we ourselves have written it. Outside a repository the folder's own counts alone.
 *
 * @param folder absolute
 */
export function teamFileFrom(folder: string): string | undefined {
  const own = join(folder, TEAM_FILE);
  if (existsSync(own)) return own;
  const root = repositoryRoot(folder);
  if (root === undefined) return undefined;
  for (let at = folder; at !== root; ) {
    at = dirname(at);
    const file = join(at, TEAM_FILE);
    if (existsSync(file)) return isTrusted(file, folder) ? file : undefined;
  }
  return undefined;
}

function isTrusted(file: string, folder: string): boolean {
  const { uid } = statSync(file);
  return [0, process.geteuid?.(), statSync(folder).uid].includes(uid);
}
