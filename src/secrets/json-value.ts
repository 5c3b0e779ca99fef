type IsSecret = (name: string, text: string) => boolean;

/**
 * Whether a value that is a JSON object or list contains a secret in a member. `{"jwk_url":"https://…"}`
 * contains none, only its place. Undefined if the value is not a JSON object or list.
 */
export function jsonHoldsSecret(value: string, isSecret: IsSecret): boolean | undefined {
  if (!/^\s{0,20}[[{]/.test(value)) return undefined;
  const parsed = parse(value);
  return parsed === undefined ? undefined : holds("", parsed, isSecret, DEPTH);
}

/** Levels of nesting that are searched. */
const DEPTH = 20;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a value contains a secret. Members of a list are judged by the list's name; a value nested too
 * deeply counts as a secret.
 */
function holds(name: string, value: unknown, isSecret: IsSecret, depth: number): boolean {
  if (typeof value === "string") return isSecret(name, value);
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  if (Array.isArray(value)) return value.some((member) => holds(name, member, isSecret, depth - 1));
  return Object.entries(value).some(([key, member]) => holds(key, member, isSecret, depth - 1));
}
