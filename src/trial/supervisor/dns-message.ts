// DNS messages (RFC 1035), as far as the fake DNS needs them: one question in, one answer out.

const TYPES: Readonly<Record<number, string>> = {
  1: "A",
  5: "CNAME",
  12: "PTR",
  15: "MX",
  16: "TXT",
  28: "AAAA",
  33: "SRV",
  64: "SVCB",
  65: "HTTPS",
};
const HEADER = 12;
const [NO_ERROR, NO_SUCH_NAME] = [0, 3];
const TTL_SECONDS = 5;

export interface Question {
  /** Name in lower case, without the final dot. */
  readonly name: string;
  readonly type: string;
  /** Offset of the question's end in the message. */
  readonly end: number;
}

/** First question of a query; undefined if the message is not a query. */
export function readQuestion(message: Buffer): Question | undefined {
  if (message.length < HEADER || (message.readUInt8(2) & 0x80) !== 0 || message.readUInt16BE(4) < 1) {
    return undefined;
  }
  const labels: string[] = [];
  let at = HEADER;
  for (;;) {
    const length = message[at];
    if (length === undefined || length > 63 || at + 1 + length > message.length) return undefined;
    at += 1;
    if (length === 0) break;
    labels.push(message.toString("latin1", at, at + length));
    at += length;
  }
  if (at + 4 > message.length || at - HEADER > 256) return undefined;
  const type = message.readUInt16BE(at);
  return { name: labels.join(".").toLowerCase(), type: TYPES[type] ?? `${type}`, end: at + 4 };
}

/**
 * Answer with this address, or without an address if the name does not exist. A known name has no other
 * records.
 */
export function answer(query: Buffer, { type, end }: Question, address: string | undefined): Buffer {
  const header = Buffer.from(query.subarray(0, HEADER));
  const answers = address !== undefined && type === "A" ? 1 : 0;
  // Flags: QR set, opcode and RD as in the query, RA set.
  header.writeUInt8(0x80 | (header.readUInt8(2) & 0x79), 2);
  header.writeUInt8(0x80 | (address === undefined ? NO_SUCH_NAME : NO_ERROR), 3);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers, 6);
  header.writeUInt32BE(0, 8);
  const question = query.subarray(HEADER, end);
  if (answers === 0 || address === undefined) return Buffer.concat([header, question]);
  const record = Buffer.alloc(16);
  // Answer record: a pointer to the question's name, type A, class IN.
  record.writeUInt16BE(0xc000 | HEADER, 0);
  record.writeUInt16BE(1, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(TTL_SECONDS, 6);
  record.writeUInt16BE(4, 10);
  Buffer.from(address.split(".").map(Number)).copy(record, 12);
  return Buffer.concat([header, question, record]);
}
