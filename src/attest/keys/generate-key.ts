import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { encryptKey } from "./cosign-key.ts";
import { keyId } from "./key.ts";

/** Types of keys that are generated. Every reader of attestations takes P-256. */
export const KEY_TYPES = ["p256", "ed25519"] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** A new pair, in PEM. */
export interface KeyPair {
  /** Encrypted in cosign's form if a password was given, else PKCS#8. */
  readonly secret: string;
  /** SPKI. */
  readonly open: string;
  readonly id: string;
}

export function generateKey(type: KeyType, password?: string): KeyPair {
  const { privateKey, publicKey } = newPair(type);
  const secret =
    password === undefined
      ? privateKey.export({ type: "pkcs8", format: "pem" }).toString()
      : encryptKey(privateKey.export({ type: "pkcs8", format: "der" }), password);
  return { secret, open: publicKey.export({ type: "spki", format: "pem" }).toString(), id: keyId(publicKey) };
}

function newPair(type: KeyType): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return type === "ed25519"
    ? generateKeyPairSync("ed25519")
    : generateKeyPairSync("ec", { namedCurve: "P-256" });
}
