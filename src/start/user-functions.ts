import type { Condition } from "../shell/conditions.ts";
import type { ShellCommand } from "../shell/parse-commands.ts";
import { isTrueOfRoot } from "./root-tests.ts";

/** Commands of a shell function, as a non-root user runs them. */
interface OrdinaryFunction {
  readonly commands: readonly ShellCommand[];
}

/**
 * Whether a condition holds for a user other than root, if it consists of functions that only test the user:
 * `if am_i_root; then`, `is_root && exec gosu app`. Undefined for other tests.
 */
export function holdsForOrdinaryUser(
  { words, holds }: Condition,
  functions: ReadonlyMap<string, OrdinaryFunction>,
): boolean | undefined {
  if (words.includes("||")) return undefined;
  const results = splitAtAnd(words).map((part) => resultOf(part, functions));
  const result = results.includes(false) ? false : results.includes(undefined) ? undefined : true;
  return result === undefined ? undefined : result === holds;
}

function splitAtAnd(words: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === "&&") parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

function resultOf(
  words: readonly string[],
  functions: ReadonlyMap<string, OrdinaryFunction>,
): boolean | undefined {
  const [first = "", ...rest] = words;
  if (first === "!") {
    const result = resultOf(rest, functions);
    return result === undefined ? undefined : !result;
  }
  const called = functions.get(first);
  return called === undefined || rest.length > 0 ? undefined : ordinaryResult(called.commands);
}

/**
 * Result of a function for users other than root. Undefined unless the function contains only tests, `true`,
 * `false` and `return`, none of which runs conditionally.
 */
function ordinaryResult(commands: readonly ShellCommand[]): boolean | undefined {
  const last = commands.at(-1);
  const isPlain = commands.every(({ words, conditions }) => {
    return (
      conditions.length === 0 && /^(?:\[\[?|\(\(|test|true|false|return|:|local)$/.test(words[0] ?? "local")
    );
  });
  if (last === undefined || last.tested || last.compound?.includes("done") || !isPlain) return undefined;
  const [name = "", value = "0"] = last.words;
  if (name === "true" || name === ":") return true;
  if (name === "false") return false;
  if (name === "return") return value === "0" ? true : value === "1" ? false : undefined;
  if (last.words.some((word) => /^(?:&&|\|\||-a|-o|!)$/.test(word))) return undefined;
  const forRoot = isTrueOfRoot(last.words);
  return forRoot === undefined ? undefined : !forRoot;
}
