import type { SecretSpan } from "./spans.ts";

/** RFC 7292 4: PFX ::= SEQUENCE { version INTEGER 3, authSafe SEQUENCE…, behind a tag and one to five bytes of length. */
const VERSION_3 = Buffer.from([0x02, 0x01, 0x03, 0x30]);
/** RFC 7292 4.2: the object identifiers keyBag and pkcs8ShroudedKeyBag. A trust store has neither. */
const KEY_BAGS = ["2a864886f70d010c0a0101", "2a864886f70d010c0a0102"].map((hex) => Buffer.from(hex, "hex"));

/**
 * A PKCS#12 store that holds a private key. Its passphrase rarely protects it: it is a default, or
 * lies beside it. Truststores (certificates alone) are no secret. Undefined: no such store.
 */
export function keystoreKeys(path: string, bytes: Buffer): SecretSpan | undefined {
  if (!/\.(?:p12|pfx|pkcs12|keystore|jks)$/i.test(path)) return undefined;
  if (bytes[0] !== 0x30 || !bytes.subarray(2, 10).includes(VERSION_3)) return undefined;
  if (!KEY_BAGS.some((bag) => bytes.includes(bag))) return undefined;
  const value = bytes.toString("base64");
  return { kind: "pkcs12-key", confidence: "likely", start: 0, end: bytes.length, value };
}
