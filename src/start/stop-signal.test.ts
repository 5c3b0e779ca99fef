import { expect, test } from "vitest";
import { isSameSignal, signalNumber } from "./stop-signal.ts";

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

test.each([
  ["SIGTERM", "15", true],
  ["SIGTERM", "term", true],
  ["SIGX", "SIGX", true],
  ["SIGTERM", "SIGX", false],
  ["SIGX", "SIGY", false],
  ["SIGTERM", "SIGQUIT", false],
])("%s and %s are one signal: %s", (one, other, same) => {
  expect(isSameSignal(one, other)).toBe(same);
});
