import { expect, test } from "vitest";
import { processEnd } from "./process-end.ts";

test("a process that lives has no end, one that is not there ended somehow", () => {
  expect(processEnd(process.pid)).toBeUndefined();
  expect(processEnd(2 ** 22 + 1)).toEqual({});
});
