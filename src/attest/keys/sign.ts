import { createPrivateKey, sign } from "node:crypto";
import { type Key, keyFrom } from "./key.ts";

/**
 * @param pem private key, unencrypted
 * @param name name of the key in messages
 * @returns Base64
 * @throws UsageError signing-key-invalid
 */
export function signatureOver(bytes: Uint8Array, pem: string, name: string): string {
  return signedBy(
    keyFrom(() => createPrivateKey(pem), name),
    bytes,
  ).toString("base64");
}

/** Signature over these bytes: DER for ECDSA, PKCS#1 v1.5 for RSA. */
export function signedBy({ key, algorithm }: Key, bytes: Uint8Array): Buffer {
  return sign(algorithm.hash, bytes, key);
}
