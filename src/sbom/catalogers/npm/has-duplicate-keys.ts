/**
 * Whether the outermost object of a valid JSON text has one of these keys twice with different values, which
 * readers resolve differently.
 */
export function hasDuplicateKeys(text: string, keys: ReadonlySet<string>): boolean {
  const values = new Map<string, string>();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") depth -= 1;
    if (sign !== '"') continue;
    const end = endOfString(text, at);
    const colon = skipBlanks(text, end);
    if (depth === 1 && text[colon] === ":") {
      const key = parsed(text.slice(at, end));
      const begin = skipBlanks(text, colon + 1);
      const value = text.slice(begin, text[begin] === '"' ? endOfString(text, begin) : begin + SHOWN);
      if (keys.has(key) && (values.get(key) ?? value) !== value) return true;
      if (keys.has(key)) values.set(key, value);
    }
    at = end - 1;
  }
  return false;
}

/** Characters of a value, enough to distinguish a string from other types. */
const SHOWN = 1;

/** Offset after the closing quotation mark. */
function endOfString(text: string, begin: number): number {
  for (let at = begin + 1; at < text.length; at++) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANKS.has(text.charAt(at))) at += 1;
  return at;
}

const BLANKS: ReadonlySet<string> = new Set([" ", "\t", "\n", "\r"]);

function parsed(key: string): string {
  if (!key.includes("\\")) return key.slice(1, -1);
  const value: unknown = JSON.parse(key);
  return typeof value === "string" ? value : "";
}
