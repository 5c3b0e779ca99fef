// X.509 certificates of an authority and of a server: RFC 5280, section 4, with ECDSA on P-256 and
// SHA-256. Keys and signatures are made by node:crypto; this file only encodes.

import { createHash, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { TAG } from "../../attest/x509/der.ts";
import { derElement, derInteger, derSequence } from "../../attest/x509/write-der.ts";

/** Fields of a certificate. */
export interface CertificateFields {
  /** Common name of the subject. */
  readonly subject: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
  /**
   * Common name and public key (DER) of the issuer; for a self-signed certificate, those of the certificate
   * itself.
   */
  readonly issuer: { readonly subject: string; readonly publicKey: Buffer };
  /** Private key of the issuer. */
  readonly signer: KeyObject;
  /** Start of the validity, in milliseconds as Date.now(). */
  readonly from: number;
  readonly until: number;
  /**
   * DNS names and IP addresses of a server. Absent for a certificate authority that may only sign leaf
   * certificates.
   */
  readonly names?: readonly string[];
}

/** Dotted object identifiers, encoded. */
const OID = {
  commonName: "0603550403",
  ecdsaWithSha256: "06082a8648ce3d040302",
  subjectKeyIdentifier: "0603551d0e",
  keyUsage: "0603551d0f",
  subjectAltName: "0603551d11",
  basicConstraints: "0603551d13",
  authorityKeyIdentifier: "0603551d23",
  extendedKeyUsage: "0603551d25",
  serverAuth: "06082b06010505070301",
} as const;

const UTF8_STRING = 0x0c;
const SET = 0x31;
const CONTEXT = { version: 0xa0, extensions: 0xa3, keyIdentifier: 0x80, dnsName: 0x82, ipAddress: 0x87 };
const TRUE = derElement(TAG.boolean, Buffer.from([0xff]));
/** First year for which times are written as GeneralizedTime (RFC 5280, 4.1.2.5). */
const GENERALIZED_YEAR = 2050;

/** Encodes and signs a certificate; PEM. */
export function writeCertificate(fields: CertificateFields): string {
  const { subject, publicKey, issuer, signer, from, until } = fields;
  const algorithm = derSequence(oid("ecdsaWithSha256"));
  const body = derSequence(
    derElement(CONTEXT.version, derInteger(Buffer.from([2]))),
    // 127 random bits, never zero: RFC 5280, 4.1.2.2.
    derInteger(Buffer.concat([Buffer.from([0x40 | (randomBytes(1).readUInt8() & 0x3f)]), randomBytes(15)])),
    algorithm,
    commonName(issuer.subject),
    derSequence(time(from), time(until)),
    commonName(subject),
    publicKey,
    derElement(CONTEXT.extensions, derSequence(...extensions(fields))),
  );
  const signature = sign("sha256", body, signer);
  return pem(derSequence(body, algorithm, bits(0, signature)));
}

function extensions({ publicKey, issuer, names }: CertificateFields): readonly Buffer[] {
  const ids = [
    extension("subjectKeyIdentifier", derElement(TAG.octetString, keyIdentifier(publicKey))),
    extension(
      "authorityKeyIdentifier",
      derSequence(derElement(CONTEXT.keyIdentifier, keyIdentifier(issuer.publicKey))),
    ),
  ];
  if (names === undefined) {
    return [
      critical("basicConstraints", derSequence(TRUE, derInteger(Buffer.from([0])))),
      // keyCertSign, cRLSign.
      critical("keyUsage", bits(1, Buffer.from([0b0000_0110]))),
      ...ids,
    ];
  }
  return [
    critical("basicConstraints", derSequence()),
    // digitalSignature.
    critical("keyUsage", bits(7, Buffer.from([0b1000_0000]))),
    extension("extendedKeyUsage", derSequence(oid("serverAuth"))),
    extension("subjectAltName", derSequence(...names.map(alternativeName))),
    ...ids,
  ];
}

function extension(name: keyof typeof OID, value: Buffer): Buffer {
  return derSequence(oid(name), derElement(TAG.octetString, value));
}

function critical(name: keyof typeof OID, value: Buffer): Buffer {
  return derSequence(oid(name), TRUE, derElement(TAG.octetString, value));
}

function oid(name: keyof typeof OID): Buffer {
  return Buffer.from(OID[name], "hex");
}

function bits(unused: number, bytes: Buffer): Buffer {
  return derElement(TAG.bitString, Buffer.from([unused]), bytes);
}

/** Name with one common name. */
function commonName(name: string): Buffer {
  return derSequence(
    derElement(SET, derSequence(oid("commonName"), derElement(UTF8_STRING, Buffer.from(name)))),
  );
}

function alternativeName(name: string): Buffer {
  return isIP(name) === 0
    ? derElement(CONTEXT.dnsName, Buffer.from(name, "ascii"))
    : derElement(CONTEXT.ipAddress, addressBytes(name));
}

/** Bytes of an address: four for IPv4, sixteen for IPv6. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  // The URL parser writes an address as hexadecimal groups, including an embedded IPv4 address.
  const [head = "", tail] = new URL(`https://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text = "") => text.split(":").filter(Boolean);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const all = tail === undefined ? before : [...before, ...zeros, ...after];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

/**
 * Identifier of a key by RFC 7093, section 2, method 1: the first 160 bits of the SHA-256 of the key's bits.
 */
function keyIdentifier(publicKey: Buffer): Buffer {
  // The bits of a key on P-256 are the last 65 bytes of its SubjectPublicKeyInfo.
  return createHash("sha256").update(publicKey.subarray(-65)).digest().subarray(0, 20);
}

function time(ms: number): Buffer {
  const date = new Date(ms);
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < GENERALIZED_YEAR
    ? derElement(TAG.utcTime, Buffer.from(digits.slice(2)))
    : derElement(TAG.generalizedTime, Buffer.from(digits));
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
