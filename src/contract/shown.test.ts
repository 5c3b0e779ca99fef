import { expect, test } from "vitest";
import { excerpt } from "./shown.ts";

test("control and bidirectional characters are escaped", () => {
  expect(excerpt("a\u001b[31m\n\u202eb\u0000")).toBe("a\\u001b[31m\\u000a\\u202eb\\u0000");
});

test("a character beyond the basic plane is escaped by its two code units", () => {
  expect(excerpt("a\u{e0001}")).toBe("a\\udb40\\udc01");
});

test("a long value is shortened between its characters", () => {
  expect(excerpt("😀".repeat(200))).toBe(`${"😀".repeat(120)}…`);
  expect(excerpt("x".repeat(120))).toHaveLength(120);
  expect(excerpt("😀".repeat(100))).toBe("😀".repeat(100));
});
