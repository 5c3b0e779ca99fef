import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { algorithmOf } from "./key-algorithm.ts";
import type { Algorithm } from "./signature-algorithm.ts";

/** A key for signatures: the private or the public half. */
export interface Key {
  readonly key: KeyObject;
  readonly algorithm: Algorithm;
}

/**
 * Key of a type usable for signatures.
 *
 * @param read reads the PEM, and throws if it is invalid
 * @param name name of the key in messages: the key's file, or the setting that contains the key
 * @throws UsageError signing-key-invalid
 */
export function keyFrom(read: () => KeyObject, name: string): Key {
  try {
    const key = read();
    const algorithm = algorithmOf(key);
    if (algorithm !== undefined) return { key, algorithm };
  } catch {
    // Both failures give the same message.
  }
  throw new UsageError("signing-key-invalid", {
    fr: `${quoted(name)} : ce n'est pas une clé PEM lisible (Ed25519, ECDSA P-256, P-384 ou P-521, RSA de 2048 à 8192 bits, sans mot de passe).`,
    en: `${quoted(name)}: not a readable PEM key (Ed25519, ECDSA P-256, P-384 or P-521, RSA of 2048 to 8192 bits, without a password).`,
  });
}

/**
 * Id of a key, the same for the private and the public half: Base64 of the SHA-256 of the public half's SPKI
 * DER, as cosign writes in a bundle's hint.
 */
export function keyId(key: KeyObject): string {
  const open = key.type === "private" ? createPublicKey(key) : key;
  return createHash("sha256")
    .update(open.export({ type: "spki", format: "der" }))
    .digest("base64");
}
