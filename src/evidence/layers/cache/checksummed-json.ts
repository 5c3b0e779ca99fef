import { crc32 } from "node:zlib";

/** Length of the checksum line: 8 hexadecimal digits and the line feed. */
const CHECKSUM_BYTES = 9;
/**
 * ITEMS of a list serialised at a time, and characters encoded at a time: strings of tens of MB are collected
 * late.
 */
const ITEMS = 4_096;
const CHARACTERS = 256 * 1024;

/**
 * A value in a self-describing file: a line with its name, a checksum, then JSON. Torn, damaged and misplaced
 * files are detected.
 *
 * @param name JSON, in one line
 */
export function seal(name: string, value: object): Uint8Array<ArrayBuffer> {
  const head = Buffer.from(`${name}\n`);
  const pieces = [...jsonPieces(value)];
  const begin = head.length + CHECKSUM_BYTES;
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  // Allocated separately: a slice of Buffer's pool cannot be transferred.
  const bytes = new Uint8Array(begin + length);
  const target = Buffer.from(bytes.buffer);
  head.copy(target);
  let at = begin;
  for (const piece of pieces) {
    target.set(piece, at);
    at += piece.length;
    piece.buffer.transfer(0);
  }
  target.write(checksumOf(target.subarray(begin)), head.length);
  return bytes;
}

/** Pieces of JSON. Each piece has its own memory, which is freed as soon as the piece is copied. */
function* jsonPieces(value: object): Generator<Buffer<ArrayBuffer>> {
  let text = "";
  for (const part of jsonParts(value)) {
    text += part;
    if (text.length < CHARACTERS) continue;
    yield bytesOf(text);
    text = "";
  }
  yield bytesOf(text);
}

function bytesOf(text: string): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** JSON, one property at a time: a single letter beyond Latin-1 doubles the size of its whole string. */
function* jsonParts(value: object): Generator<string> {
  let before = "{";
  for (const [key, property] of Object.entries(value)) {
    yield `${before}${JSON.stringify(key)}:`;
    if (isPlainObject(property)) yield* jsonParts(property);
    else if (Array.isArray(property)) yield* listParts(property);
    else yield JSON.stringify(property);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

function* listParts(items: readonly unknown[]): Generator<string> {
  for (let at = 0; at === 0 || at < items.length; at += ITEMS) {
    const part = JSON.stringify(items.slice(at, at + ITEMS)).slice(1, -1);
    yield at === 0 ? `[${part}` : `,${part}`;
  }
  yield "]";
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value that this process itself sealed, unverified. */
export function unseal(bytes: Uint8Array): unknown {
  const buffer = asBuffer(bytes);
  return JSON.parse(buffer.toString("utf8", buffer.indexOf("\n") + 1 + CHECKSUM_BYTES));
}

/** A value from a file; undefined if the file is damaged or has another name. */
export function unsealFile(name: string, bytes: Uint8Array): unknown {
  const buffer = asBuffer(bytes);
  const head = Buffer.from(`${name}\n`);
  if (!buffer.subarray(0, head.length).equals(head)) return undefined;
  const begin = head.length + CHECKSUM_BYTES;
  const json = buffer.subarray(begin);
  if (buffer.toString("latin1", head.length, begin) !== checksumOf(json)) return undefined;
  try {
    return JSON.parse(json.toString("utf8"));
  } catch {
    return undefined;
  }
}

function checksumOf(json: Uint8Array): string {
  return `${crc32(json)
    .toString(16)
    .padStart(CHECKSUM_BYTES - 1, "0")}\n`;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
