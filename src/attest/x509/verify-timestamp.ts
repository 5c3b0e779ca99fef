// Verification of timestamp tokens: RFC 3161, section 2.4.2, and RFC 5652, section 5.6.

import { createHash, verify } from "node:crypto";
import { type Certificate, parseCertificate, TIME_STAMPING } from "./certificate.ts";
import { findPath } from "./chain.ts";
import { expectTag, oidOf, TAG } from "./der.ts";
import { parseTimestamp, type TimestampSigner, type TimestampToken } from "./timestamp.ts";

/** Maximum number of certificates of a token; real ones have up to three. */
const MOST = 10;

const HASHES: ReadonlyMap<string, "sha256" | "sha384" | "sha512"> = new Map([
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
]);

/** Hash of each signature algorithm; undefined: the attributes' own (rsaEncryption, id-ecPublicKey). */
const SIGNATURES: ReadonlyMap<string, "sha256" | "sha384" | "sha512" | undefined> = new Map([
  ["1.2.840.113549.1.1.1", undefined],
  ["1.2.840.10045.2.1", undefined],
  ["1.2.840.113549.1.1.11", "sha256"],
  ["1.2.840.113549.1.1.12", "sha384"],
  ["1.2.840.113549.1.1.13", "sha512"],
  ["1.2.840.10045.4.3.2", "sha256"],
  ["1.2.840.10045.4.3.3", "sha384"],
  ["1.2.840.10045.4.3.4", "sha512"],
]);

const ATTRIBUTE = { contentType: "1.2.840.113549.1.9.3", messageDigest: "1.2.840.113549.1.9.4" } as const;
const TST_INFO = "1.2.840.113549.1.9.16.1.4";

/**
 * Time of a timestamp, if a trusted authority made it about these bytes while its certificates were valid.
 *
 * @param response TimeStampResp, DER
 * @param trusted certificates of authorities: roots, intermediates, or the timestamp authority itself
 * @returns milliseconds since 1970; undefined for any other response
 */
export function timestampTime(
  response: Uint8Array,
  dated: Uint8Array,
  trusted: readonly Certificate[],
): number | undefined {
  try {
    const token = parseTimestamp(response);
    const [signer, ...others] = token.signers;
    if (signer === undefined || others.length > 0 || !isAbout(token, signer, dated)) return undefined;
    const carried = token.certificates.slice(0, MOST).flatMap(readable);
    const isTrusted = [...carried, ...trusted].some(
      (one) => isSignedBy(signer, one) && isAuthority(one, carried, trusted, token.time),
    );
    return isTrusted ? token.time : undefined;
  } catch {
    return undefined;
  }
}

function isAbout(
  token: TimestampToken,
  { attributes, digestAlgorithm }: TimestampSigner,
  dated: Uint8Array,
): boolean {
  const [hash, attributesHash] = [HASHES.get(token.hashAlgorithm), HASHES.get(digestAlgorithm)];
  if (hash === undefined || attributesHash === undefined) return false;
  const digest = expectTag(attributes.get(ATTRIBUTE.messageDigest), TAG.octetString).content;
  return (
    oidOf(attributes.get(ATTRIBUTE.contentType)) === TST_INFO &&
    digest.equals(createHash(attributesHash).update(token.content).digest()) &&
    token.hash.equals(createHash(hash).update(dated).digest())
  );
}

function isSignedBy(
  { digestAlgorithm, signatureAlgorithm, signed, signature }: TimestampSigner,
  { key }: Certificate,
) {
  if (!SIGNATURES.has(signatureAlgorithm)) return false;
  const hash = SIGNATURES.get(signatureAlgorithm) ?? HASHES.get(digestAlgorithm);
  return hash !== undefined && key.asymmetricKeyType !== "ed25519" && verify(hash, signed, key, signature);
}

/**
 * Timestamp authorities have certificates for timestamps only (section 2.3), with a path to a trusted
 * certificate; all certificates of the path are valid at the given time.
 */
function isAuthority(
  leaf: Certificate,
  carried: readonly Certificate[],
  trusted: readonly Certificate[],
  time: number,
): boolean {
  const { extendedUsage = [], isCa, unknownCritical } = leaf;
  if (isCa || unknownCritical.length > 0 || extendedUsage.length !== 1 || extendedUsage[0] !== TIME_STAMPING)
    return false;
  const pinned = trusted.some(({ der }) => der.equals(leaf.der));
  const found = pinned ? { path: [leaf] } : findPath(leaf, carried, trusted, TIME_STAMPING);
  if (found === undefined || "unfit" in found) return false;
  return found.path.every(({ notBefore, notAfter }) => notBefore <= time && time <= notAfter);
}

function readable(der: Buffer): readonly Certificate[] {
  try {
    return [parseCertificate(der)];
  } catch {
    return [];
  }
}
