import type { PrivateKey } from "../keys/private-key.ts";
import { signedBy } from "../keys/sign.ts";
import type { SigningKey } from "../keys/signing-key.ts";
import type { Envelope } from "./envelope.ts";
import { preAuthEncoding } from "./pae.ts";

/**
 * Envelope with one signature. The key id stays empty, as in cosign's envelopes: cosign skips signatures of a
 * bundle whose key id is not of the form that it computes itself.
 */
export async function envelopeBy(
  key: SigningKey,
  payloadType: string,
  payload: Uint8Array,
): Promise<Envelope> {
  const bytes = await key.sign(preAuthEncoding(payloadType, payload));
  return { payloadType, payload, signatures: [{ keyid: "", bytes }] };
}

/** Same as envelopeBy(), with a key of this process. */
export function signEnvelope(payloadType: string, payload: Uint8Array, key: PrivateKey): Envelope {
  const bytes = signedBy(key, preAuthEncoding(payloadType, payload));
  return { payloadType, payload, signatures: [{ keyid: "", bytes }] };
}
