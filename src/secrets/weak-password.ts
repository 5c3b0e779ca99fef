import { nameKind } from "./secret-name.ts";
import type { SecretSpan } from "./spans.ts";

/** Placeholder passwords of documentation, which become real ones if an applied manifest sets them. */
const WORDS = new Set(
  "password passwd passw0rd pass pwd motdepasse secret changeme changeit admin administrator root test user guest".split(
    " ",
  ),
);

/**
 * A password that everybody would try, of a variable that is given to a container: nothing replaces it
 * any more. In a file such a word may hold the place of another.
 */
export function weakPassword(name: string, value: string): readonly SecretSpan[] {
  const word = value.toLowerCase().replace(/[-_]/g, "");
  if (nameKind(name) !== "password" || !WORDS.has(word)) return [];
  return [{ kind: "named-secret", confidence: "likely", start: 0, end: value.length, value }];
}
