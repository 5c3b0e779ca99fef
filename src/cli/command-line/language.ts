import { LANGS, type Lang } from "../../contract/text.ts";
import type { Context } from "../process/context.ts";

/**
 * Language from `--lang` or DOUANE_LANG, determined before parsing, so that usage errors are in this
 * language, too.
 */
export function languageOf({ argv, env }: Pick<Context, "argv" | "env">): Lang {
  return flagOf(argv) ?? LANGS.find((lang) => lang === env["DOUANE_LANG"]) ?? localeOf(env);
}

function flagOf(argv: readonly string[]): Lang | undefined {
  for (const [index, word] of argv.entries()) {
    if (word === "--") return undefined;
    const value =
      word === "--lang" ? argv[index + 1] : word.startsWith("--lang=") ? word.slice(7) : undefined;
    const lang = LANGS.find((candidate) => candidate === value);
    if (lang !== undefined) return lang;
  }
  return undefined;
}

/** Language from locale variables; the first variable that is set decides, as in setlocale(3). */
function localeOf(env: Context["env"]): Lang {
  const locale = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((value) => value);
  return /^fr(?![a-z])/i.test(locale ?? "") ? "fr" : "en";
}
