import { jwtUse } from "./jwt.ts";
import { isPublishableKey } from "./publishable-keys.ts";
import { isPublishedDefault } from "./published-defaults.ts";

/** What a value under a secret's name is: some are made to be published, or known to everybody. */
type NamedKind = "named-secret" | "publishable-key" | "published-default" | "jwt";

/**
 * The kind of a secret that its name betrays.
 *
 * @param text what the value stands in
 */
export function namedKind(name: string, value: string, text: string): NamedKind {
  if (isPublishableKey(name, value, text)) return "publishable-key";
  const use = value.startsWith("eyJ") ? jwtUse(value) : undefined;
  if (use === "publishable") return "publishable-key";
  return use === "expired" ? "jwt" : "named-secret";
}

/** The same in a file of settings, which a product may have brought: what is given to a container at start is in force. */
export function settingKind(name: string, value: string, text: string): NamedKind {
  const isKnown = isPublishedDefault(value) || jwtUse(value) === "published";
  return isKnown ? "published-default" : namedKind(name, value, text);
}
