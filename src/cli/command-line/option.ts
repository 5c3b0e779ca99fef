import { Option, type Command as Parser } from "commander";
import type { Lang } from "../../contract/text.ts";
import type { Context } from "../process/context.ts";
import type { Flag, Flags } from "./command.ts";
import { fromEnvironment } from "./environment.ts";

/** Declares the flags to commander. */
export function addFlags(parser: Parser, flags: Flags, lang: Lang): void {
  for (const [name, flag] of Object.entries(flags)) parser.addOption(optionOf(name, flag, lang));
}

function optionOf(name: string, flag: Flag, lang: Lang): Option {
  const value = flag.value === undefined ? "" : ` <${flag.value[lang]}>`;
  const short = flag.short === undefined ? "" : `-${flag.short}, `;
  const option = new Option(`${short}${longFlag(name)}${value}`, flag.help[lang]);
  if (flag.value === undefined) return option;
  const parse = flag.parse ?? String;
  if (flag.many !== true) return option.argParser((word) => parse(word));
  return option.default([]).argParser((word, before: readonly unknown[]) => {
    const all = [...before, parse(word)];
    flag.verify?.(all);
    return all;
  });
}

/** Flag on the command line: `saveEvidence` → `--save-evidence`. */
export function longFlag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * Values parsed by commander, renamed to the flags' own names (commander stores `--no-cache` as `cache:
 * false`), completed from the environment.
 */
export function valuesOf(
  flags: Flags,
  parsed: Readonly<Record<string, unknown>>,
  env: Context["env"],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(flags)) {
    const option = new Option(longFlag(name));
    const found = parsed[option.attributeName()];
    const given = flag.value !== undefined ? found : option.negate ? found === false : found === true;
    const isGiven = Array.isArray(given) ? given.length > 0 : given !== undefined && given !== false;
    values[name] = isGiven ? given : (fromEnvironment(name, flag, env) ?? given);
  }
  return values;
}
