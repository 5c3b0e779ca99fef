import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../files/repository-root.ts";

/** File name of the team's settings. */
export const TEAM_FILE = "douane.yaml";

/**
 * Path of the team's file: in the folder, otherwise in the nearest parent folder of the same repository.
 * Other users may write to parent folders (`/tmp`), so a file there counts only if it belongs to the folder's
 * owner, root or this user. Outside a repository, only the folder's own file counts.
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
