import type { ShellCommand } from "../shell/commands.ts";
import type { Condition } from "../shell/conditions.ts";

/** What scripts write for "my user": `$(id -u)`, `$EUID`, `$(whoami)`. */
const IDENTITY = /^(?:\$\(id -r?u[nr]?\)|\$\(id -un? -r\)|`id -un?`|\$\(whoami\)|`whoami`|\$\{?E?UID\}?)$/;
const EQUAL = new Set(["=", "==", "-eq"]);
const UNEQUAL = new Set(["!=", "-ne", "-gt"]);
const ROOT = new Set(["0", "root"]);

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
  if (at === -1 || !IDENTITY.test(word.slice(at + 1))) return;
  const name = word.slice(0, at);
  variables.add(`$${name}`).add(`\${${name}}`);
}

/** Whom this condition lets through: root only, every other user, or that is not known. */
function userAskedFor(
  { words, holds }: Condition,
  variables: ReadonlySet<string>,
): "root" | "other" | undefined {
  const negated = words.filter((word) => word === "!").length % 2 === 1;
  const truth = holds !== negated;
  // One of several tests decides only when all of them had to hold, and only against the user.
  const several = words.some((word) => word === "&&" || word === "-a");
  if (words.some((word) => word === "||" || word === "-o") || (several && !truth)) return undefined;
  const isIdentity = (word: string | undefined): boolean =>
    word !== undefined && (IDENTITY.test(word) || variables.has(word));
  const forRoot = words[0] === "case" ? isCaseForRoot(words, isIdentity) : isTestForRoot(words, isIdentity);
  if (forRoot === undefined) return undefined;
  if (forRoot === truth) return "root";
  return several ? undefined : "other";
}

type IsIdentity = (word: string | undefined) => boolean;

/** `case SUBJECT PATTERN…`: true when only root matches, undefined when it is about something else. */
function isCaseForRoot(words: readonly string[], isIdentity: IsIdentity): true | undefined {
  return isIdentity(words[1]) && words.slice(2).every((pattern) => ROOT.has(pattern)) ? true : undefined;
}

/** `[ "$(id -u)" = 0 ]` is true, `[ "$(id -u)" -ne 0 ]` false, any other test undefined. */
function isTestForRoot(words: readonly string[], isIdentity: IsIdentity): boolean | undefined {
  for (const [index, operator] of words.entries()) {
    if (!EQUAL.has(operator) && !UNEQUAL.has(operator)) continue;
    const [left, right] = [words[index - 1], words[index + 1]];
    const straight = isIdentity(left) && isRoot(right);
    const turned = isRoot(left) && isIdentity(right) && operator !== "-gt";
    if (straight || turned) return EQUAL.has(operator);
  }
  return undefined;
}

function isRoot(word: string | undefined): boolean {
  return word !== undefined && ROOT.has(word);
}
