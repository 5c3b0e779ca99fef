import { crc32 } from "node:zlib";

/** A value as bytes: a checksum on a line of its own, then JSON. A torn or rotten entry is found out. */
export function seal(value: unknown): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify(value);
  const checksum = `${crc32(json)}\n`;
  // Memory of its own, not of Buffer's pool: that cannot be transferred.
  const bytes = new Uint8Array(checksum.length + Buffer.byteLength(json));
  const target = Buffer.from(bytes.buffer);
  target.write(checksum);
  target.write(json, checksum.length);
  return bytes;
}

/** A value that this very process has sealed. */
export function unseal(bytes: Uint8Array): unknown {
  return JSON.parse(jsonOf(bytes).toString("utf8"));
}

/** A value that comes from a file: undefined when it is damaged. */
export function unsealFile(bytes: Uint8Array): unknown {
  const json = jsonOf(bytes);
  const head = bytes.subarray(0, Math.max(0, bytes.length - json.length - 1));
  if (Buffer.from(head).toString("latin1") !== String(crc32(json))) return undefined;
  try {
    return JSON.parse(json.toString("utf8"));
  } catch {
    return undefined;
  }
}

function jsonOf(bytes: Uint8Array): Buffer {
  const start = bytes.indexOf(0x0a) + 1;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
}
