import { DouaneError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import { repeatedKeyOf } from "./document.ts";
import { parseCounted } from "./parse-json.ts";

/** Reason why a JSON text was refused. */
export interface JsonProblem {
  readonly code: "does-not-parse" | "too-large";
  readonly message: Text;
}

/**
 * Value of a JSON text, or the reason of a refusal: invalid, too deep or too long, or with a duplicate key in
 * an object, which readers interpret differently.
 *
 * @param bytes UTF-8
 * @param what name of the document in messages
 */
export function jsonValue(bytes: Uint8Array, what: string): { readonly value: unknown } | JsonProblem {
  try {
    const counted = parseCounted(bytes, what, { values: LIMITS.sbomValues, bound: "sbomValues" });
    const key = repeatedKeyOf(bytes, counted);
    return key === undefined ? { value: counted.value } : repeated(what, key);
  } catch (error) {
    if (!(error instanceof DouaneError)) throw error;
    const code = error.code === "json-invalid" ? "does-not-parse" : "too-large";
    return { code, message: error.text };
  }
}

function repeated(what: string, key: string): JsonProblem {
  const message = {
    fr: `${what} : la clé ${quoted(key)} figure deux fois dans le même objet JSON ; tous les outils n'en liraient pas la même valeur.`,
    en: `${what}: the key ${quoted(key)} stands twice in one JSON object; not all tools would read the same value of it.`,
  };
  return { code: "does-not-parse", message };
}
