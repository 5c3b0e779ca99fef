// NaCl's secretbox: XSalsa20 and Poly1305 (https://nacl.cr.yp.to/secretbox.html), by which cosign encrypts
// private keys. Poly1305 alone is not in node:crypto either (ADR 0180). Timing is no risk: the password and
// the file belong to the same user.

import { timingSafeEqual } from "node:crypto";
import { xsalsa20 } from "./salsa20.ts";

const TAG_BYTES = 16;

/** @param key 32 bytes @param nonce 24 bytes, never used twice with the key */
export function sealBox(message: Uint8Array, nonce: Uint8Array, key: Uint8Array): Buffer {
  const hidden = xsalsa20(key, nonce, message, 32);
  return Buffer.concat([poly1305(hidden, oneTimeKey(nonce, key)), hidden]);
}

/** The message; undefined if the key is wrong or the box was changed. */
export function openBox(box: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | undefined {
  if (box.length < TAG_BYTES) return undefined;
  const hidden = box.subarray(TAG_BYTES);
  const isWhole = timingSafeEqual(poly1305(hidden, oneTimeKey(nonce, key)), box.subarray(0, TAG_BYTES));
  return isWhole ? xsalsa20(key, nonce, hidden, 32) : undefined;
}

function oneTimeKey(nonce: Uint8Array, key: Uint8Array): Uint8Array {
  return xsalsa20(key, nonce, new Uint8Array(32));
}

const PRIME = (1n << 130n) - 5n;
const CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn;

/** RFC 8439, 2.5. */
function poly1305(message: Uint8Array, key: Uint8Array): Buffer {
  const r = numberOf(key.subarray(0, 16)) & CLAMP;
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16);
    sum = ((sum + numberOf(block) + (1n << BigInt(8 * block.length))) * r) % PRIME;
  }
  const tag = (sum + numberOf(key.subarray(16, 32))) & ((1n << 128n) - 1n);
  return Buffer.from(Buffer.from(tag.toString(16).padStart(32, "0"), "hex").toReversed());
}

/** Number of bytes in little-endian order. */
function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes.toReversed()).toString("hex")}`);
}
