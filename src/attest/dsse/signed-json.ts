import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { repeatedKeyOf } from "../../json/document.ts";
import { parseCounted } from "../../json/parse-json.ts";

/**
 * Parses an envelope or a signed statement. Duplicate keys in an object are refused: parsers differ in which
 * of them counts, so one signature would cover two statements.
 *
 * @param what name of the document in messages
 * @throws InvalidInputError json-too-deep, json-too-many, json-invalid, attestation-duplicate-key
 */
export function parseSignedJson(bytes: Uint8Array, what: string): unknown {
  const counted = parseCounted(bytes, what, {
    values: LIMITS.statementValues,
    bound: "statementValues",
  });
  const repeated = repeatedKeyOf(bytes, counted);
  if (repeated === undefined) return counted.value;
  const key = quoted(repeated);
  throw new InvalidInputError("attestation-duplicate-key", {
    fr: `${what} : la clé ${key} figure deux fois dans le même objet JSON, ce que chaque outil lit autrement. L'attestation est refusée ; la signer à nouveau avec un outil qui n'écrit chaque clé qu'une fois.`,
    en: `${what}: the key ${key} occurs twice in one JSON object, which every tool reads differently. The attestation is refused; sign it again with a tool that writes each key once.`,
  });
}
