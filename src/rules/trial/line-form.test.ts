import { expect, test } from "vitest";
import { newForms } from "./line-form.ts";

const BEFORE = ["listening on 8080", "job 115 tick", "2026-01-01T10:00:00Z user alice logged in", "42"];

test.each([
  ["a job", "job 216 tick", false],
  ["the same of another user and time", "2026-01-01T10:00:09Z user bob logged in", false],
  ["another number", "43", false],
  ["a word of its own", "closing", true],
  ["as many other words", "received SIGTERM 15", true],
  ["a form with one word more", "job 216 tick late", true],
  ["numbers and a word", "bye", true],
])("%s: %s", (_, line, isNew) => {
  expect(newForms(BEFORE, [line])).toEqual(isNew ? [line] : []);
});

test("of as many lines before as there may be, the first forms are remembered", () => {
  const before = Array.from({ length: 400 }, (_, index) => `${"w".repeat(index + 1)} x`);
  expect(newForms(before, ["w x", `${"w".repeat(399)} y`])).toEqual([`${"w".repeat(399)} y`]);
});
