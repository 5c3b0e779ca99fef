import { createPublicKey, verify } from "node:crypto";
import { base64Bytes } from "./base64.ts";
import { type Key, keyFrom } from "./key.ts";

/**
 * Whether a signature over these bytes was made with the private half of a key.
 *
 * @param signature Base64
 * @param pem public key
 * @throws UsageError signing-key-invalid
 */
export function isSignatureOf(bytes: Uint8Array, signature: string, pem: string): boolean {
  const key = keyFrom(() => createPublicKey(pem), "publicKey");
  const decoded = base64Bytes(signature);
  return decoded !== undefined && isSignedBy(key, bytes, decoded);
}

/**
 * Whether the key made this signature over these bytes. Every hash accepted for the key's type is tried; an
 * ECDSA signature may be DER or the pair r‖s.
 */
export function isSignedBy({ key, algorithm }: Key, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length === 0) return false;
  const { accepted, pairBytes } = algorithm;
  return accepted.some(
    (hash) =>
      verify(hash, bytes, key, signature) ||
      (signature.length === pairBytes && verify(hash, bytes, { key, dsaEncoding: "ieee-p1363" }, signature)),
  );
}
