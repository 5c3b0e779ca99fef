import { LIMITS } from "../contract/limits.ts";
import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import { repeatedKeyOf } from "./document.ts";
import { countMembers } from "./parse-json.ts";

/** Error of a body that cannot be read, with the reason. */
type Invalid = (why: Text) => Error;

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Parses a body; of a repeated key, the last value counts. @throws what `invalid` returns */
export function jsonOf(bytes: Uint8Array, invalid: Invalid): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch {
    throw invalid({ fr: "ce n'est pas du JSON en UTF-8", en: "the body is not JSON in UTF-8" });
  }
}

/**
 * Parses a body; refuses documents that no API server writes: too deep, with too many values, or with duplicate keys.
 *
 * @param what name of the document in messages
 * @throws InvalidInputError json-too-deep, json-too-many; what `invalid` returns
 */
export function strictJsonOf(bytes: Uint8Array, what: string, invalid: Invalid): unknown {
  const most = { values: LIMITS.admissionReviewValues, bound: "admissionReviewValues" } as const;
  const members = countMembers(bytes, what, most);
  const value = jsonOf(bytes, invalid);
  const key = repeatedKeyOf(bytes, { value, members });
  if (key === undefined) return value;
  throw invalid({
    fr: `la clé ${quoted(key)} figure deux fois dans un même objet`,
    en: `the key ${quoted(key)} occurs twice in one object`,
  });
}
