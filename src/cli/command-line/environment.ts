import { DouaneError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Context } from "../process/context.ts";
import type { Flag } from "./command.ts";

/** Environment variable used if a flag is missing: `DOUANE_FAIL_ON` for `failOn`. */
export function variableOf(name: string): string {
  return `DOUANE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/**
 * Value of a flag from its environment variable, parsed as on the command line; undefined if the variable is
 * not set.
 *
 * @throws UsageError that names the variable
 */
export function fromEnvironment(name: string, flag: Flag, env: Context["env"]): unknown {
  const variable = variableOf(name);
  const text = flag.env === true ? (env[variable] ?? "").trim() : "";
  if (text === "") return undefined;
  if (flag.value === undefined) return switchOf(variable, text);
  const parse = flag.parse ?? String;
  try {
    if (flag.many !== true) return parse(text);
    const all = listOf(text).map((word) => parse(word));
    flag.verify?.(all);
    return all;
  } catch (error) {
    if (!(error instanceof DouaneError)) throw error;
    const { fr, en } = error.text;
    const named = { fr: `${variable} : ${fr}`, en: `${variable}: ${en}` };
    throw new UsageError(error.code, named, { cause: error });
  }
}

function switchOf(variable: string, text: string): boolean {
  if (/^(?:1|true|yes)$/i.test(text)) return true;
  if (/^(?:0|false|no)$/i.test(text)) return false;
  throw new UsageError("variable-invalid", {
    fr: `${variable}=${quoted(text)} : écrire 1 ou 0.`,
    en: `${variable}=${quoted(text)}: write 1 or 0.`,
  });
}

/** Items of a list, one per line or separated by commas. */
function listOf(text: string): readonly string[] {
  return text
    .split(text.includes("\n") ? "\n" : ",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
