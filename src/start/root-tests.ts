// Tests of a shell script for its user, with the users that pass them.

/** Expressions in scripts for the current user: `$(id -u)`, `$EUID`, `$(whoami)`. */
const IDENTITY = /^(?:\$\(id -r?u[nr]?\)|\$\(id -un? -r\)|`id -un?`|\$\(whoami\)|`whoami`|\$\{?E?UID\}?)$/;
const ROOT = new Set(["0", "root"]);

/** Comparisons of `uid OPERATOR NUMBER`: true if only root passes, false if every user except root does. */
const COMPARISONS: Readonly<Record<string, boolean>> = {
  "= 0": true,
  "== 0": true,
  "-eq 0": true,
  "-le 0": true,
  "<= 0": true,
  "-lt 1": true,
  "< 1": true,
  "!= 0": false,
  "-ne 0": false,
  "-gt 0": false,
  "> 0": false,
  "-ge 1": false,
  ">= 1": false,
};
/** Operators for exchanged operands. */
const MIRRORED: Readonly<Record<string, string>> = {
  "-le": "-ge",
  "-ge": "-le",
  "-lt": "-gt",
  "-gt": "-lt",
  "<=": ">=",
  ">=": "<=",
  "<": ">",
  ">": "<",
};

export function isIdentityWord(word: string): boolean {
  return IDENTITY.test(word);
}

/**
 * Whether a test is passed only by root (`[ "$(id -u)" = 0 ]`: true), only by other users (`(( EUID ))`:
 * false), or is about something else (undefined).
 *
 * @param variables names, with `$`, of variables that contain the user's number or name
 */
export function isTrueOfRoot(
  words: readonly string[],
  variables: ReadonlySet<string> = new Set(),
): boolean | undefined {
  const isIdentity = (word = ""): boolean => IDENTITY.test(word) || variables.has(word);
  if (words[0] === "case") return ofCase(words, isIdentity);
  const arithmetic = words.indexOf("((");
  if (arithmetic === -1) return ofComparison(words, isIdentity);
  const inside = (word = ""): boolean => isIdentity(word) || isIdentity(`$${word}`);
  const [first, second, third] = words.slice(arithmetic + 1);
  if (second === "))" && inside(first)) return false;
  if (first === "!" && third === "))" && inside(second)) return true;
  return ofComparison(words, inside);
}

type IsIdentity = (word: string | undefined) => boolean;

/** Whether only root matches in `case SUBJECT PATTERN…`. */
function ofCase(words: readonly string[], isIdentity: IsIdentity): true | undefined {
  return isIdentity(words[1]) && words.slice(2).every((pattern) => ROOT.has(pattern)) ? true : undefined;
}

function ofComparison(words: readonly string[], isIdentity: IsIdentity): boolean | undefined {
  for (const [index, operator] of words.entries()) {
    const [left, right] = withoutPrefix(words[index - 1], words[index + 1]);
    const result = isIdentity(left)
      ? compared(operator, right)
      : isIdentity(right)
        ? compared(MIRRORED[operator] ?? operator, left)
        : undefined;
    if (result !== undefined) return result;
  }
  return undefined;
}

function compared(operator: string, value = ""): boolean | undefined {
  const key = `${operator} ${value === "root" ? "0" : value}`;
  return Object.hasOwn(COMPARISONS, key) ? COMPARISONS[key] : undefined;
}

/** Operands without a common prefix: `[ "x$(id -u)" = "x0" ]`. */
function withoutPrefix(left = "", right = ""): readonly [string, string] {
  const prefix = /^[xX_]/.exec(left)?.[0];
  return prefix !== undefined && right.startsWith(prefix) ? [left.slice(1), right.slice(1)] : [left, right];
}
