import type { SecretSpan } from "./spans.ts";

/** First bytes of a packet with tag 5, a secret key, in the old and the new format (RFC 9580 4.2). */
const SECRET_KEY = [0x94, 0x95, 0x96, 0xc5];
/** Number of multiprecision integers in a public key, by number of the algorithm (RFC 9580 9.1). */
const INTEGERS: Readonly<Record<number, number>> = { 1: 2, 2: 2, 3: 2, 16: 3, 17: 4, 18: 1, 19: 1, 22: 1 };
/** Algorithms whose key material begins with a curve; for ECDH, further parameters follow. */
const CURVES = [18, 19, 22];
const ECDH = 18;
/** Bytes of public keys with a fixed length (RFC 9580 5.5.5.7 and after): X25519, X448, Ed25519, Ed448. */
const FIXED: Readonly<Record<number, number>> = { 25: 32, 26: 56, 27: 32, 28: 57 };
const VERSION_4 = 4;
/** Bytes before the algorithm: version and time of creation. */
const BEFORE_ALGORITHM = 5;

/**
 * Protection of the first key of an OpenPGP export: none (`plain`), a passphrase (`encrypted`), or no secret
 * key at all (`none`).
 */
export function openpgpBody(bytes: Buffer): "plain" | "encrypted" | "none" {
  const packet = packetOf(bytes);
  const usage = packet === undefined ? undefined : usageAt(packet);
  if (packet === undefined || usage === undefined) return "none";
  if (packet[usage] !== 0) return "encrypted";
  return isSummed(packet.subarray(usage + 1)) ? "plain" : "none";
}

/** A secret key exported in binary (`gpg --export-secret-keys`), whatever the file's name. */
export function openpgpKey(bytes: Buffer): SecretSpan | undefined {
  const body = openpgpBody(bytes);
  if (body === "none") return undefined;
  const kind = body === "plain" ? "private-key" : "encrypted-private-key";
  const confidence = body === "plain" ? "confirmed" : "likely";
  return { kind, confidence, start: 0, end: bytes.length, value: bytes.toString("base64") };
}

/** Whether the first byte is that of a packet with a secret key. */
export function beginsLikeOpenpgp(bytes: Buffer): boolean {
  return SECRET_KEY.includes(bytes[0] ?? 0);
}

/** The content of the first packet, if it is a secret key of version 4. */
function packetOf(bytes: Buffer): Buffer | undefined {
  if (!beginsLikeOpenpgp(bytes) || bytes.length < 16) return undefined;
  const [start, length] = bytes[0] === 0xc5 ? newLength(bytes) : oldLength(bytes);
  if (length < 16 || start + length > bytes.length || bytes[start] !== VERSION_4) return undefined;
  return bytes.subarray(start, start + length);
}

function oldLength(bytes: Buffer): readonly [number, number] {
  const size = 1 << ((bytes[0] ?? 0) & 3);
  return [1 + size, bytes.readUIntBE(1, size)];
}

function newLength(bytes: Buffer): readonly [number, number] {
  const first = bytes[1] ?? 0;
  if (first < 192) return [2, first];
  if (first < 224) return [3, ((first - 192) << 8) + (bytes[2] ?? 0) + 192];
  return first === 255 ? [6, bytes.readUInt32BE(2)] : [0, 0];
}

/** Offset of the octet that gives the protection of the secret part. */
function usageAt(packet: Buffer): number | undefined {
  const algorithm = packet[BEFORE_ALGORITHM] ?? 0;
  let at = BEFORE_ALGORITHM + 1;
  const fixed = FIXED[algorithm];
  const integers = INTEGERS[algorithm];
  if (fixed !== undefined) at += fixed;
  else if (integers === undefined) return undefined;
  if (CURVES.includes(algorithm)) at += 1 + (packet[at] ?? 0);
  for (let left = integers ?? 0; left > 0; left--) at += 2 + ((bitsAt(packet, at) + 7) >> 3);
  if (algorithm === ECDH) at += 1 + (packet[at] ?? 0);
  return at < packet.length ? at : undefined;
}

function bitsAt(packet: Buffer, at: number): number {
  return ((packet[at] ?? 0) << 8) | (packet[at + 1] ?? 0);
}

/** Whether an unprotected secret ends with the sum of its bytes (RFC 9580 5.5.3). */
function isSummed(secret: Buffer): boolean {
  if (secret.length < 4) return false;
  const end = secret.length - 2;
  let sum = 0;
  for (let at = 0; at < end; at++) sum += secret[at] ?? 0;
  return (sum & 0xffff) === secret.readUInt16BE(end);
}
