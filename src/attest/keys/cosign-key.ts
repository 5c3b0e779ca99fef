// Private keys in cosign's format: PKCS#8 in a secretbox, under a password stretched by scrypt
// (https://github.com/secure-systems-lab/go-securesystemslib/blob/main/encrypted/encrypted.go).

import { randomBytes, scryptSync } from "node:crypto";
import * as z from "zod/mini";
import { parseJson } from "../../json/parse-json.ts";
import { base64Bytes } from "./base64.ts";
import { openBox, sealBox } from "./secretbox.ts";

const LABEL = "ENCRYPTED SIGSTORE PRIVATE KEY";
const PEM = /-----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----([A-Za-z0-9+/=\s]{1,65536})-----END /;

/** Costs of scrypt: cosign writes N = 65536, r = 8, p = 1. The most accepted takes 256 MiB, and seconds. */
const COSTS = { N: 65_536, r: 8, p: 1 };
const MOST = { N: 262_144, r: 8, p: 4 };

const Bytes = z.pipe(
  z.string(),
  z.transform((text) => base64Bytes(text) ?? Buffer.alloc(0)),
);
const Document = z.object({
  kdf: z.object({
    name: z.literal("scrypt"),
    params: z.object({
      N: z.int().check(z.minimum(1_024), z.maximum(MOST.N)),
      r: z.int().check(z.minimum(1), z.maximum(MOST.r)),
      p: z.int().check(z.minimum(1), z.maximum(MOST.p)),
    }),
    salt: Bytes,
  }),
  cipher: z.object({ name: z.literal("nacl/secretbox"), nonce: Bytes }),
  ciphertext: Bytes,
});

/** Why a key cannot be decrypted. */
export type DecryptionFailure = "format" | "password";

export function isEncryptedKey(pem: string): boolean {
  return /-----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----/.test(pem);
}

/** PKCS#8 in DER. */
export function decryptKey(pem: string, password: string): Uint8Array | DecryptionFailure {
  const document = documentOf(pem);
  if (document === undefined) return "format";
  const { kdf, cipher, ciphertext } = document;
  if (cipher.nonce.length !== 24 || kdf.salt.length < 8) return "format";
  const stretched = stretch(password, kdf.salt, kdf.params);
  return openBox(ciphertext, cipher.nonce, stretched) ?? "password";
}

/** @param der PKCS#8 */
export function encryptKey(der: Uint8Array, password: string): string {
  const salt = randomBytes(32);
  const nonce = randomBytes(24);
  const document = {
    kdf: { name: "scrypt", params: COSTS, salt: salt.toString("base64") },
    cipher: { name: "nacl/secretbox", nonce: nonce.toString("base64") },
    ciphertext: sealBox(der, nonce, stretch(password, salt, COSTS)).toString("base64"),
  };
  const lines = Buffer.from(JSON.stringify(document))
    .toString("base64")
    .match(/.{1,64}/g);
  return `-----BEGIN ${LABEL}-----\n${(lines ?? []).join("\n")}\n-----END ${LABEL}-----\n`;
}

function stretch(password: string, salt: Uint8Array, costs: typeof COSTS): Buffer {
  const { N, r, p } = costs;
  return scryptSync(password, salt, 32, { ...costs, maxmem: 128 * r * (N + p) + 1_024 ** 2 });
}

function documentOf(pem: string): z.infer<typeof Document> | undefined {
  const body = base64Bytes((PEM.exec(pem)?.[1] ?? "").replace(/\s/g, ""));
  if (body === undefined) return undefined;
  try {
    const { data } = z.safeParse(Document, parseJson(body, "key"));
    // scrypt wants a power of 2.
    return data !== undefined && Number.isInteger(Math.log2(data.kdf.params.N)) ? data : undefined;
  } catch {
    return undefined;
  }
}
