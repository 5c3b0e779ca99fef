import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** Ed25519 hashes for itself; ECDSA and RSA sign a SHA-256. */
function hashFor(key: KeyObject): string | null {
  return key.asymmetricKeyType === "ed25519" ? null : "sha256";
}

/** @param pem a private key, unencrypted @returns Base64 @throws UsageError signing-key-invalid */
export function signatureOver(bytes: Uint8Array, pem: string, name: string): string {
  const key = keyOf(() => createPrivateKey(pem), name);
  return sign(hashFor(key), bytes, key).toString("base64");
}

/**
 * That data are signed by whom the platform trusts.
 *
 * @param signature Base64; "" where there is none
 * @param pem a public key
 * @throws InvalidInputError vulnerability-data-unsigned, vulnerability-signature-wrong
 * @throws UsageError signing-key-invalid
 */
export function verifySignature(bytes: Uint8Array, signature: string, pem: string, name: string): void {
  const key = keyOf(() => createPublicKey(pem), "publicKey");
  if (signature === "") {
    throw new InvalidInputError("vulnerability-data-unsigned", {
      fr: `${quoted(name)} : les données ne sont pas signées, et une clé publique est réglée. Les données de cette machine restent.`,
      en: `${quoted(name)}: the data are not signed, and a public key is set. This machine's data stay.`,
    });
  }
  if (isOf(bytes, signature, key)) return;
  throw new InvalidInputError("vulnerability-signature-wrong", {
    fr: `${quoted(name)} : la signature n'est pas de la clé publique réglée. Les données ont été modifiées, ou signées par un autre ; celles de cette machine restent.`,
    en: `${quoted(name)}: the signature is not of the public key that is set. The data were changed, or somebody else signed them; this machine's stay.`,
  });
}

/** @throws UsageError signing-key-invalid */
export function isSignatureOf(bytes: Uint8Array, signature: string, pem: string): boolean {
  return isOf(
    bytes,
    signature,
    keyOf(() => createPublicKey(pem), "publicKey"),
  );
}

function isOf(bytes: Uint8Array, signature: string, key: KeyObject): boolean {
  return verify(hashFor(key), bytes, key, Buffer.from(signature, "base64"));
}

const KEY_TYPES: readonly (string | undefined)[] = ["ed25519", "ec", "rsa"];

function keyOf(read: () => KeyObject, name: string): KeyObject {
  try {
    const key = read();
    if (KEY_TYPES.includes(key.asymmetricKeyType)) return key;
  } catch {
    // Both ways end in the same message.
  }
  throw new UsageError("signing-key-invalid", {
    fr: `${quoted(name)} : ce n'est pas une clé PEM lisible (Ed25519, ECDSA ou RSA, sans mot de passe).`,
    en: `${quoted(name)}: this is no readable PEM key (Ed25519, ECDSA or RSA, without a password).`,
  });
}
