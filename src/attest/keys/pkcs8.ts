import { createPrivateKey, type KeyObject } from "node:crypto";

/** Whether a PEM text has a PKCS#8 key with a password (RFC 5958, EncryptedPrivateKeyInfo). */
export function isEncryptedPkcs8(pem: string): boolean {
  return pem.includes("-----BEGIN ENCRYPTED PRIVATE KEY-----");
}

/** Decrypts a PKCS#8 key; undefined if the password is wrong or the text is damaged. */
export function decryptPkcs8(pem: string, passphrase: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, passphrase });
  } catch {
    return undefined;
  }
}
