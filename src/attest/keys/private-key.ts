import { createPrivateKey, type KeyObject } from "node:crypto";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { decryptKey, isEncryptedKey } from "./cosign-key.ts";
import { type Key, keyFrom, keyId } from "./key.ts";
import { decryptPkcs8, isEncryptedPkcs8 } from "./pkcs8.ts";
import { signedBy } from "./sign.ts";
import type { SigningKey } from "./signing-key.ts";

/** Private key in this process. */
export interface PrivateKey extends Key, SigningKey {}

/**
 * Reads a private key: PEM (PKCS#8, PKCS#1 or SEC 1), PKCS#8 with a password, or cosign's encrypted form.
 *
 * @param name name of the key in messages: the file, or `env://NAME`
 * @param password COSIGN_PASSWORD; undefined if not set
 * @throws UsageError signing-key-password-missing, signing-key-password-wrong, signing-key-public, signing-key-invalid
 */
export function readPrivateKey(pem: string, name: string, password: string | undefined): PrivateKey {
  if (/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem)) throw isPublic(name);
  const key = keyFrom(decrypted(pem, name, password), name);
  return { ...key, id: keyId(key.key), sign: async (bytes) => signedBy(key, bytes) };
}

/** Reader of the key, decrypted if it has a password. */
function decrypted(pem: string, name: string, password: string | undefined): () => KeyObject {
  const isSealed = isEncryptedKey(pem);
  if (!isSealed && !isEncryptedPkcs8(pem)) return () => createPrivateKey(pem);
  if (password === undefined) throw passwordMissing(name);
  if (!isSealed) {
    const key = decryptPkcs8(pem, password);
    if (key === undefined) throw passwordWrong(name);
    return () => key;
  }
  const der = decryptKey(pem, password);
  if (der === "password") throw passwordWrong(name);
  return () =>
    createPrivateKey({ key: der === "format" ? "" : Buffer.from(der), type: "pkcs8", format: "der" });
}

function passwordMissing(name: string): UsageError {
  return new UsageError("signing-key-password-missing", {
    fr: `${quoted(name)} : la clé a un mot de passe, et COSIGN_PASSWORD n'est pas définie. La définir dans l'environnement (une variable vide est un mot de passe vide).`,
    en: `${quoted(name)}: the key has a password, and COSIGN_PASSWORD is not set. Set it in the environment (an empty variable is an empty password).`,
  });
}

function passwordWrong(name: string): UsageError {
  return new UsageError("signing-key-password-wrong", {
    fr: `${quoted(name)} : le mot de passe de COSIGN_PASSWORD n'est pas celui de la clé, ou le fichier a été modifié.`,
    en: `${quoted(name)}: the password in COSIGN_PASSWORD is not the key's, or the file was changed.`,
  });
}

function isPublic(name: string): UsageError {
  return new UsageError("signing-key-public", {
    fr: `${quoted(name)} : c'est une clé publique, qui ne signe rien. Donner la clé privée de la paire.`,
    en: `${quoted(name)}: a public key, which cannot sign. Give the private key of the pair.`,
  });
}
