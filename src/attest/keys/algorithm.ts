import type { KeyObject } from "node:crypto";
import type { Text } from "../../contract/text.ts";

/**
 * Signature algorithm of one type of key: the hash that douane signs with, and the hashes accepted from
 * others.
 */
export interface Algorithm {
  /** Name in messages: `ECDSA P-256`. */
  readonly name: string;
  /** Hash to sign with; null for Ed25519, which hashes itself. */
  readonly hash: "sha256" | null;
  /** Hashes accepted in others' signatures, the most usual first. */
  readonly accepted: readonly ("sha256" | "sha384" | "sha512" | null)[];
  /** Tools that do not read signatures of this type; absent if all do. */
  readonly unreadBy?: Text;
  /** Bytes of an ECDSA signature as r‖s; absent for other types. */
  readonly pairBytes?: number;
}

const P256: Algorithm = { name: "ECDSA P-256", hash: "sha256", accepted: ["sha256"], pairBytes: 64 };

/**
 * Larger curves sign with SHA-256, as cosign 2 does with every key; other tools pair each curve with its own
 * hash.
 */
const P384 = largerCurve("P-384", "sha384", 96);
const P521 = largerCurve("P-521", "sha512", 132);
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

/**
 * Algorithm of a curve for which tools disagree about the hash: cosign 2.5 refuses P-384 with SHA-384, cosign
 * 3.1 does not verify the P-384 signatures that it makes (cosign#5091). Both hashes are accepted.
 */
function largerCurve(curve: string, own: "sha384" | "sha512", pairBytes: number): Algorithm {
  const unreadBy = {
    fr: `signature ECDSA ${curve} : cosign 2 la lit, cosign 3 et sigstore-go, qui attendent un autre hachage, peuvent la refuser. Une clé P-256 (douane keys generate) est lue par tous.`,
    en: `ECDSA ${curve} signature: cosign 2 reads it, cosign 3 and sigstore-go, which expect another hash, may refuse it. A P-256 key (douane keys generate) is read by all.`,
  };
  return { name: `ECDSA ${curve}`, hash: "sha256", accepted: ["sha256", own], unreadBy, pairBytes };
}

/** Algorithm of a key; undefined if the type, the curve or the length is not for signatures. */
export function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Algorithm | undefined {
  if (asymmetricKeyType === "ed25519") return ED25519;
  if (asymmetricKeyType === "ec") return CURVES.get(asymmetricKeyDetails?.namedCurve);
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return asymmetricKeyType === "rsa" && bits >= RSA_BITS.least && bits <= RSA_BITS.most ? RSA : undefined;
}
