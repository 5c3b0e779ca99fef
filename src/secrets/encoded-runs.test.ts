import { describe, expect, test } from "vitest";
import { base64Run, escapedRun, hexRun, numbersRun } from "./encoded-runs.ts";

const TEXT = "-----BEGIN nothing at all that is a key-----\nabc\n".repeat(3);
const BASE64 = Buffer.from(TEXT).toString("base64");

describe("base64", () => {
  test.each([
    ["in one line", BASE64],
    ["wrapped", BASE64.replace(/.{64}/g, "$&\n")],
    ["wrapped with returns and indented", BASE64.replace(/.{64}/g, "$&\r\n    ")],
    ["wrapped in a literal", BASE64.replace(/.{64}/g, "$&\\n")],
    ["wrapped in a literal with returns", BASE64.replace(/.{64}/g, "$&\\r\\n")],
    ["continued by backslashes", BASE64.replace(/.{64}/g, "$&\\\n")],
  ])("%s", (_, encoded) => {
    const run = base64Run(`k="${encoded}"`, 3);
    expect(run?.bytes.toString()).toBe(TEXT);
    expect(run?.end).toBe(3 + encoded.replace(/=+$/, "").length);
  });

  test("ends with a short line, and is none that is short or begins before the text", () => {
    expect(base64Run(`${BASE64.slice(0, 32)}\nnext`, 0)?.end).toBe(32);
    expect([base64Run("abc", 0), base64Run(BASE64, -1)]).toEqual([undefined, undefined]);
  });
});

test("hexadecimal", () => {
  expect(hexRun(Buffer.from(TEXT).toString("hex"), 0)?.bytes.toString()).toBe(TEXT);
  expect([hexRun("2d2d", 0), hexRun("", -2)]).toEqual([undefined, undefined]);
});

test.each([
  ["\\x2d\\x2D\\u002d\\u{2d}\\055%2d=2D&#45;&#x2d;\\n\\r\\t", "---------\n\n\n"],
  ["-----BEGIN+RSA+PRIVATE+KEY%2B", "-----BEGIN RSA PRIVATE KEY+"],
  ["-----BEGIN%20RSA+PRIVATE+KEY%2B", "-----BEGIN RSA+PRIVATE+KEY+"],
])("escapes: %s", (escaped, plain) => {
  expect(escapedRun(`${escaped}"`, 0)?.bytes.toString("latin1")).toBe(plain);
  expect(escapedRun('\\x2d"', 0)).toBeUndefined();
});

test.each([[`${"0x61, ".repeat(30)}0x62 }`], [`${"97,".repeat(30)}98]`], [`${"'a', ".repeat(30)}'b' }`]])(
  "numbers: %s",
  (list) => {
    expect(numbersRun(list, 0)?.bytes.toString()).toBe(`${"a".repeat(30)}b`);
  },
);

test("a character of a list may be a line's end; a short list is none", () => {
  expect(numbersRun(`${"'a', ".repeat(30)}'\\n' }`, 0)?.bytes.at(-1)).toBe(10);
  expect(numbersRun("1, 2, 3]", 0)).toBeUndefined();
});
