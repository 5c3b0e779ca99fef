import type { ShellCommand } from "../shell/commands.ts";
import type { Condition } from "../shell/conditions.ts";
import { isIdentityWord, isTrueOfRoot } from "./root-tests.ts";

/**
 * The commands of a script as a user other than root runs it: those that ask for uid 0 before
 * (`[ "$(id -u)" = 0 ]`, or through a variable that holds it) are left out, as official images
 * have them to drop root; and what holds for every other user is no condition any more.
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

/** `user="$(id -u)"`: the names under which it can be read from here on. */
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

/** Whom this condition lets through: root only, every other user, or that is not known. */
function userAskedFor(
  { words, holds }: Condition,
  variables: ReadonlySet<string>,
): "root" | "other" | undefined {
  const negated = words.filter((word, index) => word === "!" && words[index - 1] !== "((").length % 2 === 1;
  const truth = holds !== negated;
  // One of several tests decides only when all of them had to hold, and only against the user.
  const several = words.some((word) => word === "&&" || word === "-a");
  if (words.some((word) => word === "||" || word === "-o") || (several && !truth)) return undefined;
  const forRoot = isTrueOfRoot(words, variables);
  if (forRoot === undefined) return undefined;
  if (forRoot === truth) return "root";
  return several ? undefined : "other";
}
