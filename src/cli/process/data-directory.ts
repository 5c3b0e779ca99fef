import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { Context } from "./context.ts";
import { isRepositoryContent } from "./repository-content.ts";

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

/**
 * Reason why data in the user's own data folder are not believed: with HOME in a clone, the repository may
 * have brought them. A folder that the user names is the user's choice, and signed data are trusted anywhere.
 *
 * @param asked as the user typed it
 * @param key PEM of the key that must have signed the data
 */
export function untrustedData(
  context: Pick<Context, "argv" | "cwd" | "env">,
  asked: string | undefined,
  key: string | undefined,
): Text | undefined {
  if (asked !== undefined || key !== undefined) return undefined;
  const directory = dataDirectory(context, asked);
  if (!isRepositoryContent(directory, context)) return undefined;
  return {
    fr: `Les données de vulnérabilités sous ${directory} ne servent pas : elles sont dans un dépôt ou dans ce qui est jugé, qui a pu les apporter. Donner à XDG_DATA_HOME un répertoire au-dehors, nommer le répertoire (--data, DOUANE_DATA), ou fixer dans la politique la clé qui les signe (vulnerabilityData.publicKey).`,
    en: `The vulnerability data below ${directory} are not used: they lie in a repository or in what is judged, which may have brought them. Set XDG_DATA_HOME to a folder outside, name the folder (--data, DOUANE_DATA), or set the key that signs them in the policy (vulnerabilityData.publicKey).`,
  };
}
