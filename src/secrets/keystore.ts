import { isPublishedKey } from "./published-keys.ts";
import type { SecretSpan } from "./spans.ts";

/**
 * Version 3 and the following tag. RFC 7292 4: PFX ::= SEQUENCE { version INTEGER 3, authSafe SEQUENCE…,
 * after a tag and one to five bytes of length.
 */
const VERSION_3 = Buffer.from([0x02, 0x01, 0x03, 0x30]);
/** RFC 7292 4.2: the object identifiers keyBag and pkcs8ShroudedKeyBag. A trust store has neither. */
const KEY_BAGS = ["2a864886f70d010c0a0101", "2a864886f70d010c0a0102"].map((hex) => Buffer.from(hex, "hex"));

/** sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore: their magic numbers. */
const JAVA_STORES = [0xfeed_feed, 0xcece_cece];
/** Tags of entries: a private key with its chain, a certificate, a secret key. */
const PRIVATE_KEY = 1;
const CERTIFICATE = 2;
const SECRET_KEY = 3;

/**
 * Secret of a key store with a private or a secret key, whatever its name. Its passphrase rarely protects the
 * store, since it is often a default or stored beside it. Undefined for truststores (only certificates) and
 * other files.
 *
 * @param bytes the whole file
 */
export function keystoreKeys(bytes: Buffer): SecretSpan | undefined {
  const kind = isPkcs12(bytes) ? "pkcs12-key" : isJavaStore(bytes) ? "java-keystore-key" : undefined;
  if (kind === undefined || isPublishedKey(bytes)) return undefined;
  return { kind, confidence: "likely", start: 0, end: bytes.length, value: bytes.toString("base64") };
}

function isPkcs12(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30 || !bytes.subarray(2, 10).includes(VERSION_3)) return false;
  return KEY_BAGS.some((bag) => bytes.includes(bag));
}

/**
 * Whether a Java key store contains a key. The first entry that is not a certificate decides; an unreadable
 * entry counts as a key.
 */
function isJavaStore(bytes: Buffer): boolean {
  if (bytes[0] !== bytes[2] || bytes[1] !== bytes[3] || bytes.length < 12) return false;
  if (!JAVA_STORES.includes(bytes.readUInt32BE(0))) return false;
  const version = bytes.readUInt32BE(4);
  const entries = bytes.readUInt32BE(8);
  let at = 12;
  for (let entry = 0; entry < entries; entry++) {
    if (at + 4 > bytes.length) return true;
    const tag = bytes.readUInt32BE(at);
    if (tag === PRIVATE_KEY || tag === SECRET_KEY) return true;
    if (tag !== CERTIFICATE) return true;
    at = afterCertificate(bytes, at + 4, version);
  }
  return false;
}

/**
 * Offset after a certificate entry: an alias, a date of eight bytes, a type if the version is 2, then the
 * certificate after its length.
 */
function afterCertificate(bytes: Buffer, from: number, version: number): number {
  const date = afterText(bytes, from) + 8;
  const length = version === 2 ? afterText(bytes, date) : date;
  return length + 4 > bytes.length ? bytes.length : length + 4 + bytes.readUInt32BE(length);
}

function afterText(bytes: Buffer, at: number): number {
  return at + 2 > bytes.length ? bytes.length : at + 2 + bytes.readUInt16BE(at);
}
