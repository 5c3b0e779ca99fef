import { expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";

test("what to do is asked for, a near word is proposed", async () => {
  const missing = await douane(["vulns"]);
  expect([missing.exit, missing.stderr]).toEqual([64, expect.stringContaining("say what to do (")]);
  const wrong = await douane(["vulns", "statsu"]);
  expect([wrong.exit, wrong.stderr]).toEqual([64, expect.stringContaining("Did you mean status?")]);
});

test.each([
  [{ HOME: "/nowhere" }, [], "/nowhere/.local/share/douane/vulnerabilities"],
  [{ HOME: "/nowhere", XDG_DATA_HOME: "/data" }, [], "/data/douane/vulnerabilities"],
  [{ HOME: "/nowhere", XDG_DATA_HOME: "relative" }, [], "/nowhere/.local/share/douane/vulnerabilities"],
  [{ DOUANE_DATA: "/there" }, [], "/there"],
  [{ DOUANE_DATA: "/there" }, ["--data", "/here"], "/here"],
])("of %j %j the data lie in %s", async (env, flags, directory) => {
  const { stdout } = await douane(["vulns", "status", ...flags], { env });
  expect(stdout).toContain(directory);
});

test("without a home the folder is to be named", async () => {
  const { exit, stderr } = await douane(["vulns", "status"], { env: {} });
  expect([exit, stderr]).toEqual([64, expect.stringContaining("--data, DOUANE_DATA")]);
});
