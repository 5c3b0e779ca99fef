import type { SecretSpan } from "./spans.ts";

const PRINTED = /^[\x20-\x7e]{1,200}$/;
/** Maximum number of components of a principal; host/web.portail.fr has two. */
const MOST_PARTS = 8;

/**
 * Keys of Kerberos principals, whatever the file's name (MIT krb5, keytab_file_format): bytes 5 and 2, then
 * entries preceded by their sizes: number of components, realm, components. Undefined if the file is not a
 * keytab.
 */
export function keytabKeys(bytes: Buffer): SecretSpan | undefined {
  if (bytes[0] !== 5 || bytes[1] !== 2 || bytes.length < 20 || !holdsEntry(bytes)) return undefined;
  const value = bytes.toString("base64");
  return { kind: "kerberos-key", confidence: "confirmed", start: 0, end: bytes.length, value };
}

function holdsEntry(bytes: Buffer): boolean {
  let at = 2;
  // A deleted entry leaves a hole of its size.
  while (at + 10 < bytes.length && bytes.readInt32BE(at) < 0) at += 4 - bytes.readInt32BE(at);
  return at + 10 < bytes.length && isEntry(bytes.subarray(at + 4), bytes.readInt32BE(at));
}

function isEntry(bytes: Buffer, size: number): boolean {
  if (size < 14 || size > bytes.length) return false;
  const parts = bytes.readUInt16BE(0);
  if (parts < 1 || parts > MOST_PARTS) return false;
  let at = 2;
  for (let part = 0; part <= parts; part++) {
    if (at + 2 > size) return false;
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > size || !PRINTED.test(bytes.toString("latin1", at + 2, end))) return false;
    at = end;
  }
  return true;
}
