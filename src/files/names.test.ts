import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeName, encodeName } from "./names.ts";

test("any bytes come back from their string", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(Buffer.from(encodeName(decodeName(bytes)))).toEqual(Buffer.from(bytes));
    }),
  );
});

test("UTF-8 is text, a byte order mark and U+FFFD included", () => {
  for (const name of ["étc/pâsswd", "\u{FEFF}a", "a\u{FFFD}b", "🛃"]) {
    expect(decodeName(Buffer.from(name))).toBe(name);
  }
});

test("names that differ in invalid bytes stay different", () => {
  expect(decodeName(Uint8Array.of(0x61, 0xff))).not.toBe(decodeName(Uint8Array.of(0x61, 0xfe)));
  expect(decodeName(Uint8Array.of(0xe9, 0x61))).toBe("\udce9a");
});
