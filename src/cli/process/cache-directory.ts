import { isAbsolute, join } from "node:path";
import type { Context } from "./context.ts";

/** Folder of the cache (XDG base directories); undefined if the user has no home. */
export function cacheDirectory(env: Context["env"]): string | undefined {
  const xdg = env["XDG_CACHE_HOME"];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "douane");
  const home = env["HOME"];
  return home ? join(home, ".cache", "douane") : undefined;
}
