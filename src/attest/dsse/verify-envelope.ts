import type { PublicKey } from "../keys/public-key.ts";
import { isSignedBy } from "../keys/verify.ts";
import type { Envelope } from "./envelope.ts";
import { preAuthEncoding } from "./pae.ts";

/**
 * Keys that signed the envelope, each at most once, in the order of `keys`; empty if none did. Every key is
 * tried on every signature, since the key ids in an envelope are unverified hints.
 */
export function signersOf<K extends PublicKey>(envelope: Envelope, keys: readonly K[]): readonly K[] {
  const bytes = preAuthEncoding(envelope.payloadType, envelope.payload);
  return keys.filter((key) =>
    envelope.signatures.some((signature) => isSignedBy(key, bytes, signature.bytes)),
  );
}
