// DSSE: https://github.com/secure-systems-lab/dsse/blob/master/envelope.md

import * as z from "zod/mini";
import type { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { base64Bytes } from "../keys/base64.ts";
import { attestationRefused } from "./refusal.ts";
import { parseSignedJson } from "./signed-json.ts";

/** Media type of an envelope as a layer. */
export const ENVELOPE_TYPE = "application/vnd.dsse.envelope.v1+json";

/** Signature of an envelope. Its key id is only a hint, chosen by the signer. */
interface EnvelopeSignature {
  readonly keyid: string;
  readonly bytes: Uint8Array;
}

/** Payload with its signatures; nothing is verified yet. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

const Document = z.object({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.array(z.object({ keyid: z.nullish(z.string()), sig: z.string() })),
});

/**
 * Parses an envelope. Unknown fields are ignored, as the specification demands.
 *
 * @param what name of the envelope in messages: a digest
 * @throws InvalidInputError attestation-too-large, envelope-invalid, envelope-base64, envelope-unsigned,
 * envelope-signatures; as parseSignedJson()
 */
export function parseEnvelope(bytes: Uint8Array, what: string): Envelope {
  verifyAttestationSize(bytes.length, what);
  return envelopeOf(parseSignedJson(bytes, what), what);
}

/** @param value parsed by parseSignedJson() @throws as parseEnvelope() */
export function envelopeOf(value: unknown, what: string): Envelope {
  const { data } = z.safeParse(Document, value);
  if (data === undefined) throw attestationRefused("envelope-invalid", what, NOT_AN_ENVELOPE);
  const { payloadType, signatures } = data;
  if (signatures.length === 0) throw attestationRefused("envelope-unsigned", what, UNSIGNED);
  if (signatures.length > LIMITS.envelopeSignatures) throw tooManySignatures(what, signatures.length);
  return {
    payloadType,
    payload: decoded(data.payload, what),
    signatures: signatures.map(({ keyid, sig }) => ({ keyid: keyid ?? "", bytes: decoded(sig, what) })),
  };
}

/** Text of an envelope, with its keys in the order of the specification. */
export function formatEnvelope({ payloadType, payload, signatures }: Envelope): string {
  return JSON.stringify({
    payloadType,
    payload: base64(payload),
    signatures: signatures.map(({ keyid, bytes }) => ({ keyid, sig: base64(bytes) })),
  });
}

/** @throws InvalidInputError attestation-too-large */
export function verifyAttestationSize(size: number, what: string): void {
  if (size <= LIMITS.attestationBytes) return;
  throw attestationRefused("attestation-too-large", what, {
    fr: `${size} octets, la limite est de ${LIMITS.attestationBytes} (attestationBytes)`,
    en: `${size} bytes, the limit is ${LIMITS.attestationBytes} (attestationBytes)`,
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function decoded(text: string, what: string): Buffer {
  const bytes = base64Bytes(text);
  if (bytes === undefined) throw attestationRefused("envelope-base64", what, notBase64(text));
  return bytes;
}

function tooManySignatures(what: string, count: number): InvalidInputError {
  return attestationRefused("envelope-signatures", what, {
    fr: `${count} signatures, la limite est de ${LIMITS.envelopeSignatures} (envelopeSignatures)`,
    en: `${count} signatures, the limit is ${LIMITS.envelopeSignatures} (envelopeSignatures)`,
  });
}

const NOT_AN_ENVELOPE: Text = {
  fr: "ce n'est pas une enveloppe DSSE (payloadType, payload, signatures)",
  en: "not a DSSE envelope (payloadType, payload, signatures)",
};
const UNSIGNED: Text = { fr: "l'enveloppe n'a aucune signature", en: "the envelope has no signature" };

function notBase64(text: string): Text {
  const seen = quoted(text.slice(0, 40));
  return { fr: `${seen} n'est pas du Base64`, en: `${seen} is not Base64` };
}
