import * as z from "zod/mini";
import { type Envelope, parseEnvelope } from "../../attest/dsse/envelope.ts";
import { envelopeBy } from "../../attest/dsse/sign-envelope.ts";
import { parseSignedJson } from "../../attest/dsse/signed-json.ts";
import { signersOf } from "../../attest/dsse/verify-envelope.ts";
import type { PublicKey } from "../../attest/keys/public-key.ts";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { canonicalJson } from "../../json/canonical-json.ts";

const HEAD_TYPE = "application/vnd.douane.audit-head+json";

const Head = z.object({
  schema: z.literal("douane/audit-head/v1"),
  log: z.string(),
  sequence: z.int().check(z.minimum(0)),
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  at: z.iso.datetime(),
});

/** State of an audit log at one moment; its hash covers all entries up to `sequence`. */
export type AuditHead = Omit<z.infer<typeof Head>, "schema">;

/** @throws as SigningKey.sign() */
export function signHead({ log, sequence, hash, at }: AuditHead, key: SigningKey): Promise<Envelope> {
  const payload = canonicalJson({ schema: "douane/audit-head/v1", log, sequence, hash, at });
  return envelopeBy(key, HEAD_TYPE, Buffer.from(payload));
}

/**
 * Head in a signed envelope.
 *
 * @param what name of the head in messages
 * @throws InvalidInputError audit-head-invalid, audit-head-signature; as parseEnvelope()
 */
export function readHead(bytes: Uint8Array, keys: readonly PublicKey[], what: string): AuditHead {
  const envelope = parseEnvelope(bytes, what);
  if (envelope.payloadType !== HEAD_TYPE) throw refused("audit-head-invalid", what, OTHER_TYPE);
  if (signersOf(envelope, keys).length === 0) throw refused("audit-head-signature", what, NOT_SIGNED);
  const { data } = z.safeParse(Head, parseSignedJson(envelope.payload, what));
  if (data === undefined) throw refused("audit-head-invalid", what, OTHER_FORM);
  return data;
}

const OTHER_TYPE: Text = {
  fr: "ce n'est pas la tête d'un journal d'audit de douane",
  en: "not the head of an audit log of douane",
};
const OTHER_FORM: Text = {
  fr: "la tête n'a pas la forme douane/audit-head/v1",
  en: "the head is not of the form douane/audit-head/v1",
};
const NOT_SIGNED: Text = {
  fr: "la signature n'a été faite par aucune des clés de --public-key",
  en: "the signature was made by none of the keys of --public-key",
};

function refused(code: string, what: string, why: Text): InvalidInputError {
  return new InvalidInputError(code, {
    fr: `${quoted(what)} : ${why.fr}.`,
    en: `${quoted(what)}: ${why.en}.`,
  });
}
