import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import type { Context } from "./context.ts";

/**
 * Where vulnerability data are kept: what the user named, else below the user's data (XDG base
 * directories). Not the cache: who emptied that would have no data left to judge by.
 *
 * @param asked as the user wrote it
 * @throws UsageError data-directory-unknown
 */
export function dataDirectory({ cwd, env }: Pick<Context, "cwd" | "env">, asked: string | undefined): string {
  if (asked !== undefined) return resolve(cwd, asked);
  const xdg = env["XDG_DATA_HOME"];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "douane", "vulnerabilities");
  const home = env["HOME"];
  if (home) return join(home, ".local", "share", "douane", "vulnerabilities");
  throw new UsageError("data-directory-unknown", {
    fr: "HOME n'est pas défini : nommer le répertoire des données (--data, DOUANE_DATA).",
    en: "HOME is not set: name the folder of the data (--data, DOUANE_DATA).",
  });
}
