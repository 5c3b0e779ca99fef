import { constants } from "node:os";
import { expect, test } from "vitest";
import { handlesSignal, isHandled } from "./handled-signal.ts";

const { SIGTERM, SIGKILL } = constants.signals;
/** As the kernel writes them, sixteen digits each. */
function status(masks: Partial<Record<"SigBlk" | "SigIgn" | "SigCgt", string>>): string {
  const lines = Object.entries({ SigBlk: "0", SigIgn: "0", SigCgt: "0", ...masks });
  return `Name:\tx\n${lines.map(([name, mask]) => `${name}:\t${mask.padStart(16, "0")}\n`).join("")}`;
}

test.each([
  ["a handler", { SigCgt: "4000" }, true],
  ["a handler among others", { SigCgt: "00000001800044ee" }, true],
  ["signals that wait to be read (sigwait, signalfd)", { SigBlk: "4000" }, true],
  ["a signal that is ignored", { SigIgn: "4000" }, false],
  ["a handler of another one", { SigCgt: "2000" }, false],
  ["none", {}, false],
])("%s: %j → %s", (_, masks, expected) => {
  expect(isHandled(status(masks), SIGTERM)).toBe(expected);
});

test("the last of 64 signals has its bit", () => {
  expect(isHandled(status({ SigCgt: "8000000000000000" }), 64)).toBe(true);
});

test("of a process that is there, and of one that is not", () => {
  const handler = (): void => {};
  process.on("SIGUSR2", handler);
  expect(handlesSignal(process.pid, constants.signals.SIGUSR2)).toBe(true);
  process.off("SIGUSR2", handler);
  expect(handlesSignal(process.pid, SIGKILL)).toBe(false);
  expect(handlesSignal(2 ** 22, SIGTERM)).toBe(false);
});
