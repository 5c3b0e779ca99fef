import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHealthResponse, encodeHealthRequest } from "./health-message.ts";

/** A message in its frame. */
function framed(...message: readonly number[]): Buffer {
  return Buffer.of(0, 0, 0, 0, message.length, ...message);
}

test.each([
  ["", "0000000000"],
  ["db", "00000000040a026462"],
  ["é", "00000000040a02c3a9"],
])("a request for %j is %s", (service, bytes) => {
  expect(encodeHealthRequest(service).toString("hex")).toBe(bytes);
});

test("a long name has a length of two bytes", () => {
  const bytes = encodeHealthRequest("s".repeat(300));
  expect(bytes.subarray(0, 8).toString("hex")).toBe("000000012f0aac02");
  expect(bytes).toHaveLength(5 + 303);
});

test.each([
  ["SERVING", framed(0x08, 1)],
  ["NOT_SERVING", framed(0x08, 2)],
  ["SERVICE_UNKNOWN", framed(0x08, 3)],
  ["the default", framed(), "UNKNOWN"],
  ["a number that nobody knows", framed(0x08, 9), "UNKNOWN"],
  ["a negative number", framed(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1), "UNKNOWN"],
  ["the last of two", framed(0x08, 1, 0x08, 2), "NOT_SERVING"],
  ["a padded varint", framed(0x08, 0x81, 0x00), "SERVING"],
  ["fields of others before it", framed(0x10, 5, 0x1a, 1, 9, 0x25, 1, 2, 3, 4, 0x08, 1), "SERVING"],
  ["a field of 64 bits", framed(0x29, 1, 2, 3, 4, 5, 6, 7, 8, 0x08, 1), "SERVING"],
  ["the number of the field with another type", framed(0x0a, 1, 1), "UNKNOWN"],
])("an answer with %s", (name, bytes, status = name) => {
  expect(decodeHealthResponse(bytes)).toBe(status);
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["half a head", Buffer.of(0, 0, 0)],
  ["a compressed message", Buffer.of(1, 0, 0, 0, 2, 0x08, 1)],
  ["less than its length", Buffer.of(0, 0, 0, 0, 3, 0x08, 1)],
  ["more than its length", Buffer.of(0, 0, 0, 0, 1, 0x08, 1)],
  ["two messages", Buffer.concat([framed(0x08, 1), framed(0x08, 1)])],
  ["a field without a value", framed(0x08)],
  ["a varint without an end", framed(0x08, ...Array.from({ length: 10 }, () => 0x80), 1)],
  ["a text longer than the message", framed(0x08, 1, 0x12, 9)],
  ["a text of nearly 2^64 bytes", framed(0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1)],
  ["a text without a length", framed(0x12)],
  ["half a number of 32 bits", framed(0x25, 1)],
  ["a group", framed(0x0b, 0x0c)],
  ["a field without a number", framed(0x00, 1)],
])("%s is no answer", (_, bytes) => {
  expect(decodeHealthResponse(bytes)).toBeUndefined();
});

test("whatever comes, it neither throws nor hangs", () => {
  const { counterexample } = fc.check(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, whole) => {
      decodeHealthResponse(whole ? framed(...bytes) : Buffer.from(bytes));
    }),
  );
  expect(counterexample).toBeNull();
});
