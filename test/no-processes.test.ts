import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test("a unit test that starts a process is told where it belongs", () => {
  expect(() => spawnSync("true")).toThrow(
    "a unit test starts true: name its file among the integration tests in vitest.config.ts",
  );
});
