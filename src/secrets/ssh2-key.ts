import type { KeyBody } from "./private-key.ts";

/** SSH.com's format (ssh-keygen's import): a magic number, a length, then the key's type and the cipher as strings. */
const MAGIC = 0x3f6f_f9eb;
const HEADER = 8;
const LONGEST_NAME = 256;

/**
 * Protection of a key.
 *
 * @param text text between the BEGIN and the END line, including headers
 */
export function ssh2Body(text: string): KeyBody {
  const base64 = withoutHeaders(text).join("");
  if (!/^[A-Za-z0-9+/]{64,}={0,2}$/.test(base64)) return "none";
  const bytes = Buffer.from(base64, "base64");
  if (bytes.readUInt32BE(0) !== MAGIC) return "none";
  const cipher = stringAt(bytes, HEADER + 4 + lengthAt(bytes, HEADER));
  return cipher === "none" ? "plain" : "encrypted";
}

/**
 * Lines without headers such as `Comment: …`. A header with a backslash at its end continues on the next
 * line.
 */
function withoutHeaders(text: string): readonly string[] {
  let goesOn = false;
  return text.split(/\r?\n/).filter((line) => {
    const isHeader = goesOn || line.includes(":");
    goesOn = isHeader && line.endsWith("\\");
    return !isHeader;
  });
}

function lengthAt(bytes: Buffer, at: number): number {
  return at + 4 > bytes.length ? 0 : bytes.readUInt32BE(at);
}

function stringAt(bytes: Buffer, at: number): string {
  return bytes.toString("latin1", at + 4, at + 4 + Math.min(LONGEST_NAME, lengthAt(bytes, at)));
}
