import { join } from "node:path";
import { repositoryRoot } from "../files/repository-root.ts";

/**
 * Folder of the user's settings ($XDG_CONFIG_HOME or ~/.config); undefined without a home, and in a git work tree: a
 * pipeline may have its home there, and the repository that is judged must not choose mirrors or authorities.
 */
export function userSettingsFolder({
  XDG_CONFIG_HOME: settings = "",
  HOME: home = "",
}: Readonly<Record<string, string | undefined>>): string | undefined {
  const folder = settings || (home === "" ? "" : join(home, ".config"));
  return folder.startsWith("/") && repositoryRoot(folder) === undefined ? folder : undefined;
}
