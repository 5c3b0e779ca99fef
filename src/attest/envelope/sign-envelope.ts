import type { PrivateKey } from "../keys/private-key.ts";
import { signedBy } from "../keys/sign.ts";
import type { Envelope } from "./envelope.ts";
import { preAuthEncoding } from "./pae.ts";

/** Envelope with one signature; its key id hints at the key. */
export function signEnvelope(payloadType: string, payload: Uint8Array, key: PrivateKey): Envelope {
  const bytes = signedBy(key, preAuthEncoding(payloadType, payload));
  return { payloadType, payload, signatures: [{ keyid: key.id, bytes }] };
}
