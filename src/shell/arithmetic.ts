/** A `(( EXPRESSION ))` of bash as words, brackets included, with its end. */
export interface ArithmeticCommand {
  readonly words: readonly string[];
  readonly end: number;
}

/** Maximum number of characters of an expression; a longer one is read as two subshells. */
const LONGEST = 500;
/** An operand or operator: `EUID`, `$(id -u)`, `==`, `&&`. */
const PART = /\$\([^()]{0,100}\)|\$\{[^{}]{0,100}\}|\$?\w+|&&|\|\||[=!<>]=|\S/g;
/**
 * Signs of a command instead of an expression: two operands without an operator between them, or an option.
 * dash has no arithmetic commands, so it runs sudo in `((sudo -n x))`.
 */
const COMMAND = /\w["']?\s{1,20}["'$]?\w|\w\s{1,20}--?[A-Za-z]|[;`"'\n]/;

/** Arithmetic command at this offset; undefined for nested subshells, `((a); b)`. */
export function arithmeticAt(script: string, start: number): ArithmeticCommand | undefined {
  if (!script.startsWith("((", start)) return undefined;
  const end = closing(script, start);
  if (end === undefined) return undefined;
  const expression = script.slice(start + 2, end - 2);
  if (expression.trim() === "" || COMMAND.test(expression.replace(OPERAND, "0"))) return undefined;
  return { words: ["((", ...[...expression.matchAll(PART)].map(([part]) => part), "))"], end };
}

/** A substitution or quoted variable, which is one operand: `$(id -u)` contains two words. */
const OPERAND = /\$\([^()]{0,100}\)|"\$[^"]{0,100}"/g;

/**
 * Index after the two adjacent brackets that match the two at `start`; undefined if they are not adjacent.
 */
function closing(script: string, start: number): number | undefined {
  const last = Math.min(script.length, start + LONGEST);
  let depth = 0;
  for (let at = start; at < last; at++) {
    const character = script.charAt(at);
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === ")" && depth === 1 && script.charAt(at + 1) === ")") return at + 2;
  }
  return undefined;
}
