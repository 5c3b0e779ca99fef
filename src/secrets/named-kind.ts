import { jwtUse } from "./jwt.ts";
import { isPublishableKey } from "./publishable-keys.ts";
import { isPublishedDefault } from "./published-defaults.ts";

/** Classes of a value under a secret's name; some values are meant to be published, or are publicly known. */
type NamedKind = "named-secret" | "publishable-key" | "published-default" | "jwt";

/**
 * Kind of a secret found by its name.
 *
 * @param text the text around the value
 */
export function namedKind(name: string, value: string, text: string): NamedKind {
  if (isPublishableKey(name, value, text)) return "publishable-key";
  const use = value.startsWith("eyJ") ? jwtUse(value) : undefined;
  if (use === "publishable") return "publishable-key";
  return use === "expired" ? "jwt" : "named-secret";
}

/**
 * Kind of a secret in a settings file. A product may have shipped the file with a default value; a value
 * given at start, by contrast, is in use.
 */
export function settingKind(name: string, value: string, text: string): NamedKind {
  const isKnown = isPublishedDefault(value) || jwtUse(value) === "published";
  return isKnown ? "published-default" : namedKind(name, value, text);
}
