import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { writeCertificate } from "./write-certificate.ts";

/** A certificate with its private key, PEM. */
export interface CertifiedKey {
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 24 * 60 * 60_000;
/** Validity of an authority in milliseconds: ten years. */
export const AUTHORITY_MS = 3_650 * DAY_MS;
/** Validity of a server's certificate in milliseconds. */
export const LEAF_MS = 90 * DAY_MS;
/**
 * Milliseconds by which a certificate's validity begins before its creation, since clocks of a cluster
 * differ.
 */
const BACKDATE_MS = 60 * 60_000;

const AUTHORITY_NAME = "douane authority";
const LEAF_NAME = "douane";

/** A new certificate authority. @param now milliseconds, as Date.now() */
export function newAuthority(now: number): CertifiedKey {
  const { publicKey, privateKey } = keyPair();
  const subject = AUTHORITY_NAME;
  const cert = writeCertificate({
    subject,
    publicKey,
    issuer: { subject, publicKey },
    signer: privateKey,
    from: now - BACKDATE_MS,
    until: now + AUTHORITY_MS,
  });
  return { cert, key: pemOf(privateKey) };
}

/**
 * A new certificate of a server.
 *
 * @param names DNS names and IP addresses
 * @param until latest end of the certificate, in milliseconds as Date.now(): the end of the authority
 * @param now milliseconds, as Date.now()
 */
export function issueLeaf(
  authority: CertifiedKey,
  names: readonly string[],
  { now, until }: { readonly now: number; readonly until: number },
): CertifiedKey {
  const signer = createPrivateKey(authority.key);
  const { publicKey, privateKey } = keyPair();
  const cert = writeCertificate({
    subject: LEAF_NAME,
    publicKey,
    issuer: { subject: AUTHORITY_NAME, publicKey: spki(createPublicKey(signer)) },
    signer,
    from: now - BACKDATE_MS,
    until: Math.min(now + LEAF_MS, until),
    names,
  });
  return { cert, key: pemOf(privateKey) };
}

function keyPair(): { readonly publicKey: Buffer; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { publicKey: spki(publicKey), privateKey };
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: "spki", format: "der" });
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
