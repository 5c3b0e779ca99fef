import { createPrivateKey } from "node:crypto";
import type { SecretSpan } from "./spans.ts";

/** The largest RSA key that anybody makes has 16,384 bits, which takes 9 KiB. */
const LONGEST = 16 * 1024;
const SHORTEST = 40;
const INTEGER = 0x02;
const SEQUENCE = 0x30;
/** RFC 8018 A.4, and PKCS#5 1.5 and PKCS#12 with their older ciphers: what an EncryptedPrivateKeyInfo begins with. */
const ENCRYPTION = ["06092a864886f70d0105", "060a2a864886f70d010c01"].map((hex) => Buffer.from(hex, "hex"));

/**
 * A private key in DER, whatever the file is called: RFC 5958 (PKCS#8), 8017 (PKCS#1), 5915 (SEC1).
 * Certificates and public keys are none. Undefined: no key.
 *
 * @param bytes all of the file
 */
export function derKey(bytes: Buffer): SecretSpan | undefined {
  if (bytes[0] !== SEQUENCE || bytes.length < SHORTEST || bytes.length > LONGEST) return undefined;
  const content = contentOf(bytes);
  if (content === undefined) return undefined;
  const value = bytes.toString("base64");
  const span = { start: 0, end: bytes.length, value };
  if (bytes[content] === INTEGER)
    return isPrivateKey(bytes) ? { ...span, kind: "private-key", confidence: "confirmed" } : undefined;
  const scheme = bytes.subarray(content + 2, content + 2 + 12);
  const isEncrypted = bytes[content] === SEQUENCE && ENCRYPTION.some((oid) => scheme.indexOf(oid) === 0);
  return isEncrypted ? { ...span, kind: "encrypted-private-key", confidence: "likely" } : undefined;
}

/** Where the content of a SEQUENCE begins that is all there is; undefined: it is not. */
function contentOf(bytes: Buffer): number | undefined {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return bytes.length === 2 + first ? 2 : undefined;
  const size = first & 0x7f;
  if (size < 1 || size > 2) return undefined;
  return bytes.length === 2 + size + bytes.readUIntBE(2, size) ? 2 + size : undefined;
}

function isPrivateKey(key: Buffer): boolean {
  return (["pkcs8", "pkcs1", "sec1"] as const).some((type) => {
    try {
      return createPrivateKey({ key, format: "der", type }).type === "private";
    } catch {
      return false;
    }
  });
}
