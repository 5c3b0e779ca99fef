import type { Session } from "../command-line/command.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import { isBroughtByRepository } from "../process/home-repository.ts";

/** Cache of layer facts, unless it possibly comes from a repository. */
export function cacheFor({ context }: Session, noCache: boolean): { readonly cache?: string } {
  const directory = noCache ? undefined : cacheDirectory(context.env);
  if (directory === undefined || isBroughtByRepository(directory, context)) return {};
  return { cache: directory };
}
