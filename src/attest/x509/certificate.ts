// X.509 certificates: RFC 5280, section 4. Node reads the key and verifies signatures, but does not expose
// key usages, path lengths, unknown critical extensions, or unquoted alternative names.

import { type KeyObject, X509Certificate } from "node:crypto";
import { keyId } from "../keys/key.ts";
import { algorithmOf } from "../keys/key-algorithm.ts";
import { type PublicKey } from "../keys/public-key.ts";
import {
  bitsOf,
  booleanOf,
  childrenOf,
  type Der,
  DerError,
  derTimeOf,
  expectTag,
  oidOf,
  parseDer,
  sequenceOf,
  TAG,
} from "./der.ts";

/** Parsed certificate; nothing is verified. */
export interface Certificate extends PublicKey {
  readonly der: Buffer;
  /** Name of the issuer and of the subject, DER. */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** Serial number, DER content. */
  readonly serial: Buffer;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Values of the extensions by object identifier, DER. */
  readonly extensions: ReadonlyMap<string, Buffer>;
  /** Critical extensions that this module does not process. */
  readonly unknownCritical: readonly string[];
  readonly isCa: boolean;
  /** Maximum number of CA certificates between this certificate and the leaf; undefined: any number. */
  readonly pathLength?: number;
  /** Usages of the key, as bits of KeyUsage; undefined if the certificate does not restrict them. */
  readonly keyUsage?: readonly boolean[];
  /** Object identifiers of the extended usages; undefined if there are none. */
  readonly extendedUsage?: readonly string[];
  /** Alternative names of the subject: URIs, e-mail addresses, DNS names. */
  readonly names: readonly string[];
  /** Whether the certificate's signature was made with the key, by an algorithm that is still safe. */
  isIssuedBy(key: KeyObject): boolean;
}

/** Bits of KeyUsage. */
export const KEY_USAGE = { digitalSignature: 0, keyCertSign: 5, crlSign: 6 } as const;

/** Extended usage of certificates that sign code and attestations. */
export const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

/** Extended usage of certificates of timestamp authorities. */
export const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

const OID = {
  keyUsage: "2.5.29.15",
  alternativeName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  extendedKeyUsage: "2.5.29.37",
  nameConstraints: "2.5.29.30",
} as const;

/**
 * Extensions that are read here or in name-constraints.ts, and extensions without effect on a signature:
 * policies, key ids.
 */
const PROCESSED = new Set<string>([...Object.values(OID), "2.5.29.14", "2.5.29.32", "2.5.29.35"]);

/** Signature algorithms: RSA (also PSS) and ECDSA with SHA-256, 384 and 512, and Ed25519. No SHA-1, no MD5. */
const SIGNATURES = new Set([
  "1.2.840.113549.1.1.10",
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.13",
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.3",
  "1.2.840.10045.4.3.4",
  "1.3.101.112",
]);

/** Whether signatures by this algorithm count. @param element AlgorithmIdentifier @throws DerError */
function isSafeSignature(element: Der | undefined): boolean {
  return SIGNATURES.has(oidOf(sequenceOf(element)[0]));
}

/** @throws Error if the bytes are not a certificate with a key of a usable type */
export function parseCertificate(der: Buffer): Certificate {
  const [body, signatureAlgorithm, ...others] = sequenceOf(parseDer(der));
  if (others.length !== 1) throw new DerError("certificate");
  const fields = [...sequenceOf(body)];
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [serial, algorithmInside, issuer, validity, subject] = fields;
  // Both statements of the algorithm have to be the same (section 4.1.1.2).
  const isConsistent = algorithmInside?.whole.equals(signatureAlgorithm?.whole ?? Buffer.alloc(0)) === true;
  const isSafe = isConsistent && isSafeSignature(signatureAlgorithm);
  const [notBefore, notAfter] = sequenceOf(validity);
  const x509 = new X509Certificate(der);
  return {
    ...usableKey(x509.publicKey),
    der,
    issuer: expectTag(issuer, TAG.sequence).whole,
    subject: expectTag(subject, TAG.sequence).whole,
    serial: expectTag(serial, TAG.integer).content,
    notBefore: derTimeOf(notBefore),
    notAfter: derTimeOf(notAfter),
    ...extensionsOf(fields.find(({ tag }) => tag === 0xa3)),
    isIssuedBy: (key) => isSafe && x509.verify(key),
  };
}

function usableKey(key: KeyObject): PublicKey {
  const algorithm = algorithmOf(key);
  if (algorithm === undefined) throw new DerError("key of a type that is not for signatures");
  return { key, algorithm, id: keyId(key) };
}

type Extended = Pick<
  Certificate,
  "extensions" | "unknownCritical" | "isCa" | "pathLength" | "keyUsage" | "extendedUsage" | "names"
>;

function extensionsOf(field: Der | undefined): Extended {
  const { extensions, critical } = parseExtensions(field === undefined ? undefined : childrenOf(field)[0]);
  const usage = extensions.get(OID.keyUsage);
  const extended = extensions.get(OID.extendedKeyUsage);
  const names = extensions.get(OID.alternativeName);
  return {
    extensions,
    unknownCritical: critical.filter((oid) => !PROCESSED.has(oid)),
    ...basicConstraints(extensions.get(OID.basicConstraints)),
    ...(usage === undefined ? {} : { keyUsage: bitsOf(parseDer(usage)) }),
    ...(extended === undefined ? {} : { extendedUsage: sequenceOf(parseDer(extended)).map(oidOf) }),
    names: names === undefined ? [] : sequenceOf(parseDer(names)).flatMap(nameOf),
  };
}

/** Extensions with their values, and the critical extensions among them. */
export function parseExtensions(list: Der | undefined): {
  readonly extensions: ReadonlyMap<string, Buffer>;
  readonly critical: readonly string[];
} {
  const extensions = new Map<string, Buffer>();
  const critical: string[] = [];
  for (const extension of list === undefined ? [] : sequenceOf(list)) {
    const parts = sequenceOf(extension);
    const [name, flag] = parts;
    const oid = oidOf(name);
    if (extensions.has(oid)) throw new DerError("an extension occurs twice");
    extensions.set(oid, expectTag(parts.at(-1), TAG.octetString).content);
    if (parts.length === 3 && flag !== undefined && booleanOf(flag)) critical.push(oid);
  }
  return { extensions, critical };
}

function basicConstraints(value: Buffer | undefined): Pick<Certificate, "isCa" | "pathLength"> {
  const [first, second] = value === undefined ? [] : sequenceOf(parseDer(value));
  if (first?.tag !== TAG.boolean) return { isCa: false };
  const isCa = booleanOf(first);
  if (second === undefined) return { isCa };
  const { content } = expectTag(second, TAG.integer);
  // Chains are far shorter than 127; a negative or longer number counts as 0.
  const pathLength = content.length === 1 && (content[0] ?? 0x80) < 0x80 ? (content[0] ?? 0) : 0;
  return { isCa, pathLength };
}

/** Text of rfc822Name [1], dNSName [2] and uniformResourceIdentifier [6]; other kinds identify no signer here. */
function nameOf({ tag, content }: Der): readonly string[] {
  return tag === 0x81 || tag === 0x82 || tag === 0x86 ? [content.toString("latin1")] : [];
}
