import type { InvalidInputError } from "../../contract/error.ts";
import { type Fields, fieldsOf, isFields, textAt } from "../../json/fields.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { policyRefused } from "./refusal.ts";

/** Type of the artifact that contains a signed policy, and of the payload of its envelope. */
export const POLICY_ARTIFACT = "application/vnd.douane.policy.v1";
export const POLICY_PAYLOAD = "application/vnd.douane.policy.v1+json";

/**
 * Signed policy, with the name and the serial that prevent replacing it by an older policy or by a policy of
 * another name.
 */
export interface PolicyDocument {
  /** Tag under which the policy is published: another policy of the same key does not count there. */
  readonly name: string;
  /** Number that grows with every version. */
  readonly serial: number;
  /** End of the policy's validity, ISO 8601. */
  readonly validUntil: string;
  /** The policy itself, not validated by its schema here. */
  readonly policy: Fields;
}

export function formatPolicyDocument({ name, serial, validUntil, policy }: PolicyDocument): Buffer {
  return Buffer.from(JSON.stringify({ name, serial, validUntil, policy }));
}

/**
 * Parses a payload whose signature was verified.
 *
 * @param what name of the policy in messages
 * @throws InvalidInputError policy-document; as parseSignedJson()
 */
export function parsePolicyDocument(payload: Uint8Array, what: string): PolicyDocument {
  const fields = fieldsOf(parseSignedJson(payload, what));
  const { serial, policy } = fields;
  const [name, validUntil] = [textAt(fields, "name"), textAt(fields, "validUntil")];
  if (name === undefined || !isSerial(serial) || !isTime(validUntil) || !isFields(policy)) {
    throw notADocument(what);
  }
  return { name, serial, validUntil, policy };
}

function isSerial(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Whether a text is a time in UTC as toISOString() writes it: comparing such times needs no time zone. */
function isTime(value: string | undefined): value is string {
  return value !== undefined && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value);
}

function notADocument(what: string): InvalidInputError {
  return policyRefused("policy-document", what, {
    fr: "le contenu signé n'est pas une politique avec son nom, son numéro et sa date de fin ; la publier par « douane policy push »",
    en: "the signed content is not a policy with its name, serial and validUntil; publish it with `douane policy push`",
  });
}
