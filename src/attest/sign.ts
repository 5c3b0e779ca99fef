import { createPrivateKey, sign } from "node:crypto";
import { hashFor, keyFrom } from "./key.ts";

/**
 * @param pem a private key, unencrypted
 * @param name how a message calls the key
 * @returns Base64
 * @throws UsageError signing-key-invalid
 */
export function signatureOver(bytes: Uint8Array, pem: string, name: string): string {
  const key = keyFrom(() => createPrivateKey(pem), name);
  return sign(hashFor(key), bytes, key).toString("base64");
}
