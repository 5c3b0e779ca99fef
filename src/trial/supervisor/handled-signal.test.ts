import { constants } from "node:os";
import { expect, test } from "vitest";
import { endsByDefault, handlesSignal, isEndedByDefault, isHandled } from "./handled-signal.ts";

const { SIGTERM, SIGKILL } = constants.signals;
/** Masks in the kernel's format, sixteen digits each. */
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

test.each([
  ["left alone", SIGTERM, {}, true],
  ["left alone, with a handler of another one", SIGTERM, { SigCgt: "2000" }, true],
  ["one of the user's", constants.signals.SIGUSR1, {}, true],
  ["a handler", SIGTERM, { SigCgt: "4000" }, false],
  ["held back", SIGTERM, { SigBlk: "4000" }, false],
  ["ignored", SIGTERM, { SigIgn: "4000" }, false],
  ["one that ends nobody", constants.signals.SIGWINCH, {}, false],
  ["one that stops", constants.signals.SIGTSTP, {}, false],
] as const)("the kernel ends a process by a signal that is %s: %i, %j → %s", (_, number, masks, expected) => {
  expect(isEndedByDefault(status(masks), number)).toBe(expected);
});

test("of a process that is gone, or of which the kernel does not tell, nothing is known", () => {
  expect(endsByDefault(2 ** 22, SIGTERM)).toBe(false);
  expect(isEndedByDefault("", SIGTERM)).toBe(false);
  expect(isEndedByDefault("SigCgt:\t0\n", SIGTERM)).toBe(false);
});
