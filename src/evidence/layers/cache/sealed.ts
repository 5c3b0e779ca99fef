import { crc32 } from "node:zlib";

/** A checksum of 8 hexadecimal digits, on a line of its own. */
const HEAD_BYTES = 9;

/** A value as bytes: a checksum, then JSON. A torn or rotten entry is found out. */
export function seal(value: object): Uint8Array<ArrayBuffer> {
  const parts = [...jsonParts(value)];
  const length = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  // Memory of its own, not of Buffer's pool: that cannot be transferred.
  const bytes = new Uint8Array(HEAD_BYTES + length);
  const target = Buffer.from(bytes.buffer);
  let at = HEAD_BYTES;
  for (const part of parts) at += target.write(part, at);
  target.write(headOf(jsonOf(bytes)));
  return bytes;
}

/** JSON property by property: one letter beyond Latin-1 doubles the string that it stands in. */
function* jsonParts(value: object): Generator<string> {
  let before = "{";
  for (const [key, property] of Object.entries(value)) {
    yield `${before}${JSON.stringify(key)}:`;
    if (isPlainObject(property)) yield* jsonParts(property);
    else yield JSON.stringify(property);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value that this very process has sealed. */
export function unseal(bytes: Uint8Array): unknown {
  return JSON.parse(jsonOf(bytes).toString("utf8"));
}

/** A value that comes from a file: undefined when it is damaged. */
export function unsealFile(bytes: Uint8Array): unknown {
  const json = jsonOf(bytes);
  if (Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1") !== headOf(json)) return undefined;
  try {
    return JSON.parse(json.toString("utf8"));
  } catch {
    return undefined;
  }
}

function headOf(json: Uint8Array): string {
  return `${crc32(json)
    .toString(16)
    .padStart(HEAD_BYTES - 1, "0")}\n`;
}

/** Nothing of what is too short. */
function jsonOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(HEAD_BYTES);
}
