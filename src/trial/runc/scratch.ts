import { realpathSync, statSync } from "node:fs";
import { UnavailableError } from "../../contract/error.ts";

/** Directories that exist on every Linux and that programs seldom need. */
const CANDIDATES = ["/mnt", "/media", "/srv", "/opt", "/home", "/run"];

/**
 * Directory that the supervisor can cover with a mount in its own mount namespace, so that no directory must
 * be created, and none can be left behind.
 *
 * @param needed absolute paths that must remain visible
 * @throws UnavailableError `no-scratch`
 */
export function scratchFor(needed: readonly string[]): string {
  const kept = needed.flatMap((path) => [path, real(path)]);
  const found = CANDIDATES.find((folder) => {
    return isDirectory(folder) && !kept.some((path) => path === folder || path.startsWith(`${folder}/`));
  });
  if (found !== undefined) return found;
  throw new UnavailableError("no-scratch", {
    fr: `aucun de ces répertoires n'est libre pour l'essai : ${CANDIDATES.join(", ")}. En créer un.`,
    en: `none of these directories is free for the trial: ${CANDIDATES.join(", ")}. Make one.`,
  });
}

function isDirectory(path: string): boolean {
  try {
    return real(path) === path && statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
