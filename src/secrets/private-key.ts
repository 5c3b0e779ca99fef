import { beginsLikeOpenpgp, openpgpBody } from "./openpgp-key.ts";
import { isPublishedKey } from "./published-keys.ts";

/** Protection of a PEM private key: none (`plain`), a passphrase (`encrypted`), or not a key (`none`). */
export type KeyBody = "plain" | "encrypted" | "none";

const OPENSSH = Buffer.from("openssh-key-v1\0", "latin1");

/**
 * Judges the text between the BEGIN and END lines, in a file, a JSON string or source code. Placeholders and
 * examples (`MIIE…`, `<key>`) are not keys. `label`: from the BEGIN line, such as `RSA PRIVATE KEY`.
 */
export function keyBody(label: string, text: string): KeyBody {
  const bytes = decode(text);
  if (bytes === undefined || isPublishedKey(bytes)) return "none";
  if (label.startsWith("PGP")) return openpgpBlock(bytes);
  if (bytes.subarray(0, OPENSSH.length).equals(OPENSSH))
    return opensshCipher(bytes) === "none" ? "plain" : "encrypted";
  if (/Proc-Type: 4,ENCRYPTED/.test(text)) return "encrypted";
  if (!isSequence(bytes)) return "none";
  return label.startsWith("ENCRYPTED") ? "encrypted" : "plain";
}

/** Escapes within base64: of JSON as Gson and Go write it, of XML, of quoted-printable. */
function unescaped(text: string): string {
  if (!/\\u00|&#|=3D|=\r?\n/i.test(text)) return text;
  return text
    .replace(/\\u00([2-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#(?:1[03]|x0{0,2}[ad]);/gi, "\n")
    .replace(/=\r?\n/g, "")
    .replace(/=3D/gi, "=");
}

/** An unreadable OpenPGP block counts as a plain key. */
function openpgpBlock(bytes: Buffer): KeyBody {
  if (!beginsLikeOpenpgp(bytes)) return "none";
  return openpgpBody(bytes) === "encrypted" ? "encrypted" : "plain";
}

/**
 * Decodes base64 after removing its wrapping: escapes, quotes, concatenation, headers, OpenPGP's checksum.
 */
function decode(text: string): Buffer | undefined {
  const base64 = unescaped(text)
    .replace(/\\[nrt]/g, "\n")
    .replace(/["'`]\s{0,20}[+,.]?\s{0,20}["'`]/g, "")
    .replace(/^[ \t]{0,20}[A-Z][\w-]{0,40}: .{0,200}$/gm, "")
    .replace(/\n=[\w+/]{4}\s{0,20}$/, "")
    .replace(/[\s"'`\\]/g, "");
  if (!/^[A-Za-z0-9+/]{64,}={0,2}$/.test(base64)) return undefined;
  return Buffer.from(base64, "base64");
}

/** Whether a DER SEQUENCE fills the block (RFC 8018, 5958, 5208, 8017). */
function isSequence(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30) return false;
  const first = bytes[1] ?? 0;
  if (first < 0x80) return bytes.length === 2 + first;
  const size = first & 0x7f;
  if (size < 1 || size > 3) return false;
  return bytes.length === 2 + size + bytes.readUIntBE(2, size);
}

/**
 * Name of the cipher of an OpenSSH key (openssh/PROTOCOL.key): a string, preceded by its length, after the
 * magic number.
 */
function opensshCipher(bytes: Buffer): string {
  const start = OPENSSH.length + 4;
  return bytes.toString("latin1", start, start + bytes.readUInt32BE(OPENSSH.length));
}
