import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import type { Context } from "./context.ts";

/**
 * Folder of the vulnerability data: as given by the user, otherwise in the user's data folder (XDG base
 * directories). Not in the cache, because emptying that would lose the data.
 *
 * @param asked as the user typed it
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
