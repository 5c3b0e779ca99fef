import { expect, test } from "vitest";
import { wholeLines, wholeLinesOf } from "./whole-lines.ts";

test.each([
  ["one\ntwo\nthr", "end", "one\ntwo\n"],
  ["one\n", "end", "one\n"],
  ["one", "end", ""],
  ["ne\ntwo\nthree", "start", "two\nthree"],
  ["\ntwo", "start", "two"],
  ["ne", "start", ""],
] as const)("%j without the line that is cut at its %s is %j", (text, cut, whole) => {
  expect(wholeLines(text, cut)).toBe(whole);
  expect(wholeLinesOf(Buffer.from(text), cut).toString()).toBe(whole);
});
