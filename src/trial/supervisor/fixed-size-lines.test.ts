import { expect, test } from "vitest";
import { hasAllocatedPlaces, linesWritten } from "./fixed-size-lines.ts";

/** Text at places of a file of 64 bytes. */
function fixed(...texts: readonly (readonly [number, string])[]): Buffer {
  const bytes = Buffer.alloc(64);
  for (const [at, text] of texts) bytes.write(text, at, "latin1");
  return bytes;
}

test.each<[string, Buffer, Buffer, string | undefined]>([
  ["a line somewhere", fixed(), fixed([20, "GET /\n"]), "GET /\n"],
  ["lines at two places", fixed([0, "a\n"]), fixed([0, "a\n"], [10, "b\n"], [40, "c\n"]), "b\nc\n"],
  ["a line over another", fixed([0, "GET /a\n"]), fixed([0, "GET /b\n"]), "GET /b\n"],
  ["half a line", fixed(), fixed([20, "GET /"]), undefined],
  ["an empty line", fixed(), fixed([20, "\n"]), undefined],
  ["nothing", fixed([0, "a\n"]), fixed([0, "a\n"]), undefined],
  [
    "a line beside bytes that are no text",
    fixed([0, "\x01\x02"]),
    fixed([0, "\x01\x02"], [9, "b\n"]),
    undefined,
  ],
  ["a file of another size", fixed(), Buffer.alloc(65), undefined],
])("a file of fixed size gets %s", (_, before, after, expected) => {
  expect(linesWritten(before, after)).toBe(expected);
});

test.each<[string, Buffer, boolean]>([
  ["NULs at its end", fixed([0, "a\n"]), true],
  ["NULs at its beginning", fixed([60, "abc\n"]), true],
  ["text alone", Buffer.from("a\nb\n"), false],
  ["UTF-16", Buffer.from("a\nb\n", "utf16le"), false],
  ["nothing", Buffer.alloc(0), false],
])("a file of %s can be written to without growing: %j", (_, content, expected) => {
  expect(hasAllocatedPlaces(content)).toBe(expected);
});
