import { LIMITS } from "../../../contract/limits.ts";
import { isProgramSource } from "../../../start/program-tools.ts";

/** Folders of distributions and package managers, where no team's entrypoint is. */
export const INSTALLED =
  /^\/(?:usr\/(?:s?bin|lib|lib64|libexec|share|include|src)|s?bin|lib|lib64|nix|proc|sys)\/|\/(?:node_modules|site-packages|dist-packages|gems|vendor|\.venv|\.m2|\.nuget|\.cargo|\.cache|pkg\/mod|\.git)\//;

/**
 * Whether a file is one of the application's own sources (`/app/portal.py`), which are searched while the
 * layer is read.
 */
export function isOwnSource({ path, size }: { readonly path: string; readonly size: number }): boolean {
  return size <= LIMITS.secretFileBytes && isProgramSource(path) && !INSTALLED.test(path);
}
