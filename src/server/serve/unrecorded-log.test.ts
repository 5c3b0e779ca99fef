import { expect, test } from "vitest";
import { unrecordedLog } from "./unrecorded-log.ts";

test("decisions that cannot be recorded are logged at once, then by their number", () => {
  const lines: unknown[] = [];
  let now = 1_000;
  const unrecorded = unrecordedLog(
    (_, message, fields) => lines.push([message, fields]),
    () => now,
  );
  const error = new Error("too many");
  unrecorded("exempt", error);
  for (let index = 0; index < 3; index++) unrecorded("exempt", error);
  unrecorded("refused", error);
  expect(lines).toEqual([["decisions not recorded", expect.objectContaining({ exempt: 1 })]]);
  now += 10_000;
  unrecorded("exempt", error);
  expect(lines[1]).toEqual(["decisions not recorded", expect.objectContaining({ exempt: 4, refused: 1 })]);
  expect(lines).toHaveLength(2);
});
