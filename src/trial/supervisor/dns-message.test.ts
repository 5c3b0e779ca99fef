import fc from "fast-check";
import { expect, test } from "vitest";
import { answer, readQuestion } from "./dns-message.ts";

/** A query as a resolver sends it: id 0x1234, RD, one question. */
function query(name: string, type: number): Buffer {
  const labels = name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  const header = Buffer.from("123401000001000000000000", "hex");
  return Buffer.concat([header, ...labels, Buffer.from([0, 0, type, 0, 1])]);
}

test.each([
  ["db.internal", 1, "A"],
  ["DB.Internal", 28, "AAAA"],
  ["_http._tcp.example", 33, "SRV"],
  ["x", 250, "250"],
])("a question for %s is read", (name, type, named) => {
  const message = query(name, type);
  expect(readQuestion(message)).toEqual({ name: name.toLowerCase(), type: named, end: message.length });
});

test.each([
  ["an answer", Buffer.from("123481000001000000000000", "hex")],
  ["no question", Buffer.from("123401000000000000000000", "hex")],
  ["a pointer for a name", Buffer.from("123401000001000000000000c00c00010001", "hex")],
  ["a label beyond the end", Buffer.from("1234010000010000000000003f61", "hex")],
  ["no type", Buffer.from("1234010000010000000000000161000001", "hex")],
  ["nothing", Buffer.alloc(0)],
])("%s is no question", (_, message) => {
  expect(readQuestion(message)).toBeUndefined();
});

test.each([
  ["a name that nobody knows", 1, undefined, 3, 0],
  ["a known name", 1, "10.97.0.1", 0, 1],
  ["another type of a known name", 28, "10.97.0.1", 0, 0],
])("%s is answered", (_, type, address, code, records) => {
  const message = query("db", type);
  const question = readQuestion(message);
  const reply = answer(message, question ?? { name: "", type: "", end: 12 }, address);
  expect([reply.readUInt16BE(0), reply.readUInt8(2) & 0x80, reply.readUInt8(3) & 15]).toEqual([
    0x1234,
    0x80,
    code,
  ]);
  expect(reply.readUInt16BE(6)).toBe(records);
  expect(reply.length).toBe(message.length + 16 * records);
  expect(reply.toString("hex").endsWith("0a610001")).toBe(records === 1);
});

test("no message, however odd, is too much", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const message = Buffer.from(bytes);
      const question = readQuestion(message);
      expect(question?.end ?? 0).toBeLessThanOrEqual(message.length);
    }),
  );
});
