import type { Condition } from "../shell/conditions.ts";
import type { ShellCommand } from "../shell/parse-commands.ts";
import { isIdentityWord, isTrueOfRoot } from "./root-tests.ts";

/**
 * Commands of a script that run for a user other than root. Commands that require uid 0 (`[ "$(id -u)" = 0
 * ]`, directly or through a variable) are removed, since official images use them to drop root. Conditions
 * that are true for every other user are removed from the remaining commands.
 */
export function asOrdinaryUser(commands: readonly ShellCommand[]): readonly ShellCommand[] {
  const variables = new Set<string>();
  return commands.flatMap((command) => {
    for (const word of [...command.assignments, ...command.words]) addIdentity(variables, word);
    const judged = command.conditions.map((condition) => ({
      condition,
      asks: userAskedFor(condition, variables),
    }));
    if (judged.some(({ asks }) => asks === "root")) return [];
    return [
      { ...command, conditions: judged.filter(({ asks }) => asks === undefined).map((one) => one.condition) },
    ];
  });
}

/** Adds variables that get the user's identity: `user="$(id -u)"`. */
function addIdentity(variables: Set<string>, word: string): void {
  const at = word.indexOf("=");
  if (at === -1) return;
  const name = word.slice(0, at);
  if (isIdentityWord(word.slice(at + 1))) variables.add(`$${name}`).add(`\${${name}}`);
  else {
    variables.delete(`$${name}`);
    variables.delete(`\${${name}}`);
  }
}

/** Users for whom a condition holds: root only, every other user, or unknown. */
function userAskedFor(
  { words, holds }: Condition,
  variables: ReadonlySet<string>,
): "root" | "other" | undefined {
  const negated = words.filter((word, index) => word === "!" && words[index - 1] !== "((").length % 2 === 1;
  const truth = holds !== negated;
  // Several tests are decisive only if all of them had to hold, and only if the result is "root": a user other than
  // root may still fail one of them.
  const several = words.some((word) => word === "&&" || word === "-a");
  if (words.some((word) => word === "||" || word === "-o") || (several && !truth)) return undefined;
  const forRoot = isTrueOfRoot(words, variables);
  if (forRoot === undefined) return undefined;
  if (forRoot === truth) return "root";
  return several ? undefined : "other";
}
