import { expect, test } from "vitest";
import { hookWait } from "./hook-wait.ts";

function wait(...command: readonly string[]): number {
  return hookWait({ exec: { command } });
}

test("a hook's own sleep is as long as it says", () => {
  expect(hookWait({ sleep: { seconds: 7 } })).toBe(7);
  expect(hookWait({ sleep: {}, exec: { command: ["sleep", "5"] } })).toBe(0);
  expect(hookWait({})).toBe(0);
});

test.each([
  ["5", 5],
  ["0.5", 0.5],
  ["12.25s", 12.25],
  ["1.5m", 90],
  ["20m", 1_200],
  ["2h", 7_200],
  ["1.25h", 4_500],
  ["1d", 86_400],
  ["10.50d", 907_200],
])("sleep %s waits %d s", (word, seconds) => {
  expect(wait("sleep", word)).toBe(seconds);
});

test.each([
  "-5",
  "x5",
  "x5m",
  "x5h",
  "x5d",
  "5x",
  "5sx",
  "5mx",
  "5hx",
  "5dx",
  "5ss",
  "5.",
  "5.xm",
  "5.xh",
  "5.xd",
  "5.x",
  ".5",
  "infinity",
  "1234567890",
])("sleep %s waits for no time that is certain", (word) => {
  expect(wait("sleep", word)).toBe(0);
});

test("several durations add up, as those of several commands do", () => {
  expect(wait("sleep", "1m", "5")).toBe(65);
  expect(wait("/bin/sh", "-c", "sleep 5; nginx -s quit; /bin/sleep 10")).toBe(15);
});

test("what waits only sometimes, or beside, does not count", () => {
  expect(wait("sh", "-c", "sleep 30 & sleep 2")).toBe(2);
  expect(wait("sh", "-c", 'if [ -n "$X" ]; then sleep 30; fi')).toBe(0);
  expect(wait("echo", "sleep", "5")).toBe(0);
});
