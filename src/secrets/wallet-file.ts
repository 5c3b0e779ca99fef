import { createDecipheriv } from "node:crypto";
import type { SecretSpan } from "./spans.ts";

/** First bytes of KeePass files, two signatures each: of KeePass 1, of a preview of 2, and of 2. */
const KEEPASS = ["03d9a29a65fb4bb5", "03d9a29a66fb4bb5", "03d9a29a67fb4bb5"].map((hex) =>
  Buffer.from(hex, "hex"),
);
/**
 * First three bytes of Oracle's auto-login wallet, cwallet.sso; 6 (any machine) or 8 (this machine) follows.
 */
const ORACLE = Buffer.from("a1f84e", "hex");
const ORACLE_TYPES = Buffer.from("678");
/**
 * Oracle's wallet with a password: a PKCS#12 (RFC 7292) whose bags are all encrypted, so that only its name
 * identifies it.
 */
const ORACLE_P12 = /\/ewallet\.p12$/;
const SEQUENCE = 0x30;

/**
 * Secret of a password store: KeePass, an Oracle wallet, MySQL login paths, whatever the file's name.
 * Undefined for other files.
 *
 * @param path needed only for Oracle's PKCS#12
 */
export function walletFile(path: string, bytes: Buffer): SecretSpan | undefined {
  const kind = kindOf(path, bytes);
  if (kind === undefined) return undefined;
  return { kind, confidence: "confirmed", start: 0, end: bytes.length, value: bytes.toString("base64") };
}

function kindOf(path: string, bytes: Buffer): string | undefined {
  const [first] = bytes;
  if (first === 0x03) return KEEPASS.some((magic) => begins(bytes, magic)) ? "password-database" : undefined;
  if (first === 0xa1) return isOracleWallet(bytes) ? "oracle-wallet" : undefined;
  if (first === SEQUENCE) return ORACLE_P12.test(path) ? "oracle-wallet" : undefined;
  return first === 0 && holdsLogin(bytes) ? "mysql-password" : undefined;
}

function begins(bytes: Buffer, magic: Buffer): boolean {
  return magic.equals(bytes.subarray(0, magic.length));
}

function isOracleWallet(bytes: Buffer): boolean {
  return begins(bytes, ORACLE) && ORACLE_TYPES.includes(bytes[3] ?? 0);
}

/**
 * Layout of a file by mysql_config_editor(1): four unused bytes, a key of twenty small numbers, then lines,
 * each preceded by its length.
 */
const KEY_AT = 4;
const KEY_BYTES = 20;
const LINES_AT = KEY_AT + KEY_BYTES;
const BLOCK_BYTES = 16;
const LARGEST_KEY_BYTE = 31;
/** Longest MySQL login file, in bytes. */
const LONGEST = 64 * 1024;

function holdsLogin(bytes: Buffer): boolean {
  if (bytes.length > LONGEST || bytes.length < LINES_AT + 4 || bytes.readUInt32BE(0) !== 0) return false;
  const drawn = bytes.subarray(KEY_AT, LINES_AT);
  if (drawn.some((byte) => byte > LARGEST_KEY_BYTE)) return false;
  const key = Buffer.alloc(BLOCK_BYTES);
  for (const [index, byte] of drawn.entries())
    key[index % BLOCK_BYTES] = (key[index % BLOCK_BYTES] ?? 0) ^ byte;
  return linesOf(bytes, key).some((line) => /^password ?=/.test(line));
}

function linesOf(bytes: Buffer, key: Buffer): readonly string[] {
  const lines: string[] = [];
  for (let at = LINES_AT; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    const line = bytes.subarray(at + 4, at + 4 + length);
    if (length === 0 || length % BLOCK_BYTES !== 0 || line.length < length) break;
    const decipher = createDecipheriv("aes-128-ecb", key, null).setAutoPadding(false);
    lines.push(decipher.update(line).toString("latin1"));
    at += 4 + length;
  }
  return lines;
}
