import type { KeyObject } from "node:crypto";

/** How keys of one type sign, and what is accepted of them. */
export interface Algorithm {
  /** Name in messages: `ECDSA P-256`. */
  readonly name: string;
  /** Hash to sign with; null for Ed25519, which hashes itself. */
  readonly hash: "sha256" | "sha512" | null;
  /** Hashes accepted in signatures of others, the most usual first. */
  readonly accepted: readonly ("sha256" | "sha384" | "sha512" | null)[];
  /** Bytes of an ECDSA signature as r‖s; absent for other types. */
  readonly pairBytes?: number;
}

const P256: Algorithm = { name: "ECDSA P-256", hash: "sha256", accepted: ["sha256"], pairBytes: 64 };

/**
 * P-384 signs with SHA-256: cosign 2 refuses P-384 with SHA-384 (tried with 2.5), and cosign 3 does not verify
 * the P-384 signatures that it makes (cosign#5091). Both hashes are accepted.
 */
const P384: Algorithm = {
  name: "ECDSA P-384",
  hash: "sha256",
  accepted: ["sha256", "sha384"],
  pairBytes: 96,
};
const P521: Algorithm = { name: "ECDSA P-521", hash: "sha512", accepted: ["sha512"], pairBytes: 132 };
const ED25519: Algorithm = { name: "Ed25519", hash: null, accepted: [null] };
const RSA: Algorithm = { name: "RSA", hash: "sha256", accepted: ["sha256"] };

/** OpenSSL's names of the curves. */
const CURVES: ReadonlyMap<string | undefined, Algorithm> = new Map([
  ["prime256v1", P256],
  ["secp384r1", P384],
  ["secp521r1", P521],
]);

/** Bits of an RSA modulus: below, signatures can be forged; above, verifying takes seconds. */
const RSA_BITS = { least: 2_048, most: 8_192 };

/** Algorithm of a key; undefined if the type, the curve or the length is not for signatures. */
export function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Algorithm | undefined {
  if (asymmetricKeyType === "ed25519") return ED25519;
  if (asymmetricKeyType === "ec") return CURVES.get(asymmetricKeyDetails?.namedCurve);
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return asymmetricKeyType === "rsa" && bits >= RSA_BITS.least && bits <= RSA_BITS.most ? RSA : undefined;
}
