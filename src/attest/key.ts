import type { KeyObject } from "node:crypto";
import { UsageError } from "../contract/error.ts";
import { quoted } from "../contract/shown.ts";

const KEY_TYPES: readonly (string | undefined)[] = ["ed25519", "ec", "rsa"];

/**
 * A key of a type usable for signatures.
 *
 * @param read reads the PEM, and throws if it is invalid
 * @param name in messages: the key's file, or the setting that holds it
 * @throws UsageError signing-key-invalid
 */
export function keyFrom(read: () => KeyObject, name: string): KeyObject {
  try {
    const key = read();
    if (KEY_TYPES.includes(key.asymmetricKeyType)) return key;
  } catch {
    // Both failures give the same message.
  }
  throw new UsageError("signing-key-invalid", {
    fr: `${quoted(name)} : ce n'est pas une clé PEM lisible (Ed25519, ECDSA ou RSA, sans mot de passe).`,
    en: `${quoted(name)}: this is no readable PEM key (Ed25519, ECDSA or RSA, without a password).`,
  });
}

/** Hash to sign with a key: none for Ed25519, which hashes itself, SHA-256 for ECDSA and RSA. */
export function hashFor(key: KeyObject): "sha256" | null {
  return key.asymmetricKeyType === "ed25519" ? null : "sha256";
}
