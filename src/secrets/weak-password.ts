import { nameKind } from "./secret-name.ts";
import type { SecretSpan } from "./spans.ts";

/** Placeholder passwords of documentation, which become real passwords if an applied manifest sets them. */
const WORDS = new Set(
  "password passwd passw0rd pass pwd motdepasse secret changeme changeit admin administrator root test user guest".split(
    " ",
  ),
);

/**
 * Secret if the variable of a container is a password that anybody would try. In an applied manifest, no
 * later step replaces the value, whereas in a file such a word may be a placeholder.
 */
export function weakPassword(name: string, value: string): readonly SecretSpan[] {
  const word = value.toLowerCase().replace(/[-_]/g, "");
  if (nameKind(name) !== "password" || !WORDS.has(word)) return [];
  return [{ kind: "named-secret", confidence: "likely", start: 0, end: value.length, value }];
}
