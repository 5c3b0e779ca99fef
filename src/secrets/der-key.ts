import { createPrivateKey } from "node:crypto";
import type { SecretSpan } from "./spans.ts";

/** Longest key in bytes; the largest RSA keys in use have 16,384 bits, which take 9 KiB. */
const LONGEST = 16 * 1024;
const SHORTEST = 40;
/** Smallest RSA modulus in bits: a smaller one, as in examples of documentation, is factored in seconds. */
const FEWEST_BITS = 256;
const INTEGER = 0x02;
const SEQUENCE = 0x30;
/**
 * Object identifiers that begin an EncryptedPrivateKeyInfo: PBES2 (RFC 8018 A.4), and the older ciphers of
 * PKCS#5 1.5 and PKCS#12.
 */
const ENCRYPTION = ["06092a864886f70d0105", "060a2a864886f70d010c01"].map((hex) => Buffer.from(hex, "hex"));

/** Maximum number of DER values in one file, enough for a key with its chain of certificates. */
const MOST_VALUES = 16;

/**
 * Private key in DER, whatever the file's name: RFC 5958 (PKCS#8), 8017 (PKCS#1), 5915 (SEC1), also after
 * certificates, or followed by a line break. Undefined for certificates, public keys and other content.
 *
 * @param bytes the whole file
 */
export function derKey(bytes: Buffer): SecretSpan | undefined {
  if (bytes.length > MOST_VALUES * LONGEST) return undefined;
  let encrypted: SecretSpan | undefined;
  let start = 0;
  for (let values = 0; values < MOST_VALUES && bytes[start] === SEQUENCE; values++) {
    const value = sequenceAt(bytes, start);
    if (value === undefined) break;
    const found = keyOf(value.bytes, value.content);
    if (found === "private-key") return span(value.bytes, start, found, "confirmed");
    if (found !== undefined) encrypted ??= span(value.bytes, start, found, "likely");
    start += value.bytes.length;
  }
  return encrypted;
}

type Kind = "private-key" | "encrypted-private-key";

function span(bytes: Buffer, start: number, kind: Kind, confidence: SecretSpan["confidence"]): SecretSpan {
  return { kind, confidence, start, end: start + bytes.length, value: bytes.toString("base64") };
}

function keyOf(bytes: Buffer, content: number): Kind | undefined {
  if (bytes.length < SHORTEST || bytes.length > LONGEST) return undefined;
  if (bytes[content] === INTEGER) return isPrivateKey(bytes) ? "private-key" : undefined;
  const scheme = bytes.subarray(content + 2, content + 2 + 12);
  const isEncrypted = bytes[content] === SEQUENCE && ENCRYPTION.some((oid) => scheme.indexOf(oid) === 0);
  return isEncrypted ? "encrypted-private-key" : undefined;
}

/** A complete SEQUENCE and the offset of its content; undefined if the bytes end before its length. */
function sequenceAt(bytes: Buffer, start: number): { bytes: Buffer; content: number } | undefined {
  const first = bytes[start + 1] ?? 0;
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || size > 2 || start + 2 + size > bytes.length) return undefined;
  const length = size === 0 ? first : bytes.readUIntBE(start + 2, size);
  const end = start + 2 + size + length;
  return end > bytes.length ? undefined : { bytes: bytes.subarray(start, end), content: 2 + size };
}

function isPrivateKey(key: Buffer): boolean {
  return (["pkcs8", "pkcs1", "sec1"] as const).some((type) => {
    try {
      const { asymmetricKeyDetails: details } = createPrivateKey({ key, format: "der", type });
      return (details?.modulusLength ?? FEWEST_BITS) >= FEWEST_BITS;
    } catch {
      return false;
    }
  });
}
