import { createPrivateKey, sign } from "node:crypto";
import { hashFor, keyFrom } from "./key.ts";

/**
 * @param pem private key, unencrypted
 * @param name of the key in messages
 * @returns Base64
 * @throws UsageError signing-key-invalid
 */
export function signatureOver(bytes: Uint8Array, pem: string, name: string): string {
  const key = keyFrom(() => createPrivateKey(pem), name);
  return sign(hashFor(key), bytes, key).toString("base64");
}
