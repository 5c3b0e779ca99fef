import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import type { Context } from "./context.ts";
import { isBroughtByRepository } from "./home-repository.ts";

/**
 * Folder of the vulnerability data: as given by the user, otherwise in the user's data folder (XDG base
 * directories). The cache folder is not used, because emptying it would lose the data.
 *
 * @param asked folder as the user typed it
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

/** Doubt about data that possibly come from a repository. */
export interface DataDoubt {
  /** Whether the data are used nevertheless, since the command line names them. */
  readonly isUsed: boolean;
  readonly text: Text;
}

/**
 * Doubt about unsigned data that are inside a repository or inside a judged folder, and possibly come from
 * there. A folder named on the command line is used, since the user chose it. The default place and
 * DOUANE_DATA may have been set by a pipeline's file, so data there are not used. Signed data are trusted
 * anywhere.
 *
 * @param asked folder as the user typed it, or from DOUANE_DATA
 * @param key PEM of the key that must have signed the data
 */
export function doubtOfData(
  context: Pick<Context, "argv" | "cwd" | "env">,
  asked: string | undefined,
  key: string | undefined,
): DataDoubt | undefined {
  if (key !== undefined) return undefined;
  const directory = dataDirectory(context, asked);
  const [argv, isTyped] = withoutFlag(context.argv);
  const judging = { ...context, argv };
  if (!isBroughtByRepository(directory, judging, { isNamed: asked !== undefined })) return undefined;
  if (isTyped) return { isUsed: true, text: usedAllTheSame(directory) };
  return { isUsed: false, text: unused(directory) };
}

/** Command line without `--data` and its value, which is not an operand; and whether it had the flag. */
function withoutFlag(argv: readonly string[]): readonly [readonly string[], boolean] {
  const end = argv.indexOf("--");
  const flags = end < 0 ? argv : argv.slice(0, end);
  const others = flags.filter(
    (word, index) => word !== "--data" && !word.startsWith("--data=") && flags[index - 1] !== "--data",
  );
  return [[...others, ...argv.slice(flags.length)], others.length < flags.length];
}

function unused(directory: string): Text {
  return {
    fr: `Les données de vulnérabilités sous ${directory} ne servent pas : elles sont dans un dépôt ou dans ce qui est jugé, qui a pu les apporter. Les garder au-dehors (XDG_DATA_HOME, DOUANE_DATA), les nommer sur la ligne de commande (--data), ou fixer dans la politique la clé qui les signe (vulnerabilityData.publicKey).`,
    en: `The vulnerability data below ${directory} are not used: they are in a repository or in a judged folder, and may come from there. Keep them outside (XDG_DATA_HOME, DOUANE_DATA), name them on the command line (--data), or set the key that signs them in the policy (vulnerabilityData.publicKey).`,
  };
}

function usedAllTheSame(directory: string): Text {
  return {
    fr: `Les données de vulnérabilités sous ${directory} ne sont pas signées et sont dans un dépôt ou dans ce qui est jugé, qui a pu les apporter ; elles servent parce que --data les nomme.`,
    en: `The vulnerability data below ${directory} are unsigned and are in a repository or in a judged folder, and may come from there; they are used because --data names them.`,
  };
}
