import { expect, test } from "vitest";
import { processEnd, signalNumber } from "./process-end.ts";

test.each([
  ["SIGTERM", 15],
  ["term", 15],
  ["SIGQUIT", 3],
  ["9", 9],
  ["SIGRTMIN+3", 37],
  ["RTMAX-2", 62],
  ["SIGRTMIN", 34],
  ["SIGRTMIN+99", 64],
  ["0", 15],
  ["99", 15],
  ["", 15],
  ["SIGTOSTRING", 15],
  ["constructor", 15],
])("the stop signal %j is %i", (written, number) => {
  expect(signalNumber(written)).toBe(number);
});

test("a process that lives has no end, one that is not there ended somehow", () => {
  expect(processEnd(process.pid)).toBeUndefined();
  expect(processEnd(2 ** 22 + 1)).toEqual({});
});
