import type { Algorithm } from "./signature-algorithm.ts";

const P256: Algorithm = { name: "ECDSA P-256", hash: "sha256", accepted: ["sha256"], pairBytes: 64 };

/**
 * Larger curves sign with SHA-256, as cosign 2 does with every key; other tools pair each curve with its own
 * hash.
 */
const P384 = largerCurve("P-384", "sha384", 96);
const P521 = largerCurve("P-521", "sha512", 132);

/** OpenSSL's names of the curves. */
const CURVES: ReadonlyMap<string | undefined, Algorithm> = new Map([
  ["prime256v1", P256],
  ["secp384r1", P384],
  ["secp521r1", P521],
]);

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

/** ECDSA on a curve by OpenSSL's name; undefined for a curve that is not for signatures. */
export function ecdsaOn(curve: string | undefined): Algorithm | undefined {
  return CURVES.get(curve);
}
