// grpc.health.v1.Health/Check: its two protobuf messages of one field each, in gRPC frames
// (PROTOCOL-HTTP2.md: a compression byte, four bytes of length, the message).

const FRAME = 5;
/** Tags (field 1 with its wire type): LEN in the request, VARINT in the answer. */
const [SERVICE, STATUS] = [0x0a, 0x08];
/** Wire types of protobuf (protobuf.dev/programming-guides/encoding). */
const [VARINT, I64, LEN, I32] = [0, 1, 2, 5];
/** Maximum number of bytes of a 64-bit varint. */
const VARINT_BYTES = 10;
/** HealthCheckResponse.ServingStatus, by number. */
const STATUSES = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"] as const;

type ServingStatus = (typeof STATUSES)[number];

/** HealthCheckRequest in its frame; an empty name stands for the server as a whole. */
export function encodeHealthRequest(service: string): Buffer {
  const name = Buffer.from(service, "utf8");
  const field = name.length === 0 ? [] : [Buffer.of(SERVICE, ...varint(name.length)), name];
  const message = Buffer.concat(field);
  const head = Buffer.alloc(FRAME);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** Status in an answer's frames; undefined unless they are one complete, uncompressed HealthCheckResponse. */
export function decodeHealthResponse(frames: Buffer): ServingStatus | undefined {
  if (frames.length < FRAME || frames[0] !== 0) return undefined;
  if (frames.readUInt32BE(1) !== frames.length - FRAME) return undefined;
  const status = statusOf(frames.subarray(FRAME));
  return status === undefined ? undefined : (STATUSES[status] ?? "UNKNOWN");
}

/** Status in a message; the last field counts, unknown fields are skipped. */
function statusOf(message: Buffer): number | undefined {
  let status = 0;
  for (let at = 0; at < message.length; ) {
    const key = readVarint(message, at);
    if (key === undefined || key.value >> 3n === 0n) return undefined;
    const value = readVarint(message, key.end);
    const end = endOfField(Number(key.value & 7n), key.end, value);
    if (end === undefined || end > message.length) return undefined;
    if (Number(key.value) === STATUS && value !== undefined) status = Number(BigInt.asIntN(32, value.value));
    at = end;
  }
  return status;
}

/** @param first varint at the field's beginning, if any */
function endOfField(type: number, at: number, first: Varint | undefined): number | undefined {
  if (type === VARINT) return first?.end;
  if (type === LEN) return first === undefined ? undefined : first.end + Number(first.value);
  if (type === I64) return at + 8;
  return type === I32 ? at + 4 : undefined;
}

interface Varint {
  readonly value: bigint;
  readonly end: number;
}

function readVarint(bytes: Buffer, from: number): Varint | undefined {
  let value = 0n;
  for (let index = 0; index < VARINT_BYTES; index += 1) {
    const byte = bytes[from + index];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: from + index + 1 };
  }
  return undefined;
}

function varint(number: number): readonly number[] {
  const bytes: number[] = [];
  let rest = number;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}
