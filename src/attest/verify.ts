import { createPublicKey, verify } from "node:crypto";
import { hashFor, keyFrom } from "./key.ts";

/**
 * Whether a signature over these bytes was made with the private half of a key.
 *
 * @param signature Base64
 * @param pem a public key
 * @throws UsageError signing-key-invalid
 */
export function isSignatureOf(bytes: Uint8Array, signature: string, pem: string): boolean {
  const key = keyFrom(() => createPublicKey(pem), "publicKey");
  return verify(hashFor(key), bytes, key, Buffer.from(signature, "base64"));
}
