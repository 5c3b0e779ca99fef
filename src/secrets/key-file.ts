import { derKey } from "./der-key.ts";
import { keystoreKeys } from "./keystore.ts";
import { keytabKeys } from "./keytab.ts";
import { openpgpKey } from "./openpgp-key.ts";
import type { SecretSpan } from "./spans.ts";

/**
 * Beginnings of unprotected keys: S-expressions of gnupg (agent/keyformat.txt, or as libgcrypt writes them);
 * Tor's service key.
 */
const PLAIN = [/^(?:[A-Za-z-]{1,40}: [^\n]{0,200}\r?\n){0,8}Key: \(private-key /, /^\(11:private-key\(/];
/** First bytes of the formats: `(`, `=`, and initials of the names that may precede `Key:`. */
const BEGINS = Buffer.from("(=CKLTU");
/** Tor's header; not as it stands in a file, or compiled code of this module would look like a key. */
const TOR = /^== ed25519v1-secret: type0 ={2}/;
/** Maximum size of a key in these formats, in bytes. */
const LONGEST = 16 * 1024;
/** Bytes of a file in which the beginning of an unprotected key is searched. */
const HEAD = 2_048;
/**
 * Secret of a file that is, as a whole, a key or a key store, whatever its name. Undefined for other files.
 */
export function keyFile(bytes: Buffer): SecretSpan | undefined {
  return keystoreKeys(bytes) ?? derKey(bytes) ?? openpgpKey(bytes) ?? keytabKeys(bytes) ?? plainKey(bytes);
}

function plainKey(bytes: Buffer): SecretSpan | undefined {
  if (!isPlainKey(bytes)) return undefined;
  const value = bytes.toString("base64");
  return { kind: "private-key", confidence: "confirmed", start: 0, end: bytes.length, value };
}

function isPlainKey(bytes: Buffer): boolean {
  // Cheap test: the first byte excludes most files.
  if (bytes.length > LONGEST || !BEGINS.includes(bytes[0] ?? 0)) return false;
  const head = bytes.toString("latin1", 0, HEAD);
  return TOR.test(head) || PLAIN.some((form) => form.test(head));
}
