import { describe, expect, test, vi } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import type { Capabilities } from "../../trial/executor.ts";
import { missingTools, noSubordinateIds, vulnerableRuntime } from "../../trial/runc/problems.ts";

const found = vi.hoisted(() => ({ capabilities: undefined as unknown }));
vi.mock("../../trial/runc/executor.ts", () => ({
  runcExecutor: () => ({ capabilities: async () => found.capabilities }),
}));

describe("where no trial is possible", () => {
  const cases: readonly [Capabilities, string][] = [
    [{ available: false, problems: [missingTools(["runc", "ip"])] }, "apt-get install runc iproute2"],
    [{ available: false, problems: [noSubordinateIds("ada")] }, "usermod --add-subuids 100000-165535"],
    [{ available: false, problems: [vulnerableRuntime("1.1.11")] }, "Install runc 1.1.12 or later"],
  ];
  test.each(cases)("the command says what is missing and the fix: %#", async (capabilities, fix) => {
    found.capabilities = capabilities;
    const { exit, stdout, stderr } = await douane(["trial", "oci:nowhere"]);
    expect([exit, stdout]).toEqual([69, ""]);
    expect(stderr).toContain("Error: no trial is possible on this machine. ");
    expect(stderr).toContain(fix);
  });

  test.each(cases)("doctor says the same: %#", async (capabilities, fix) => {
    found.capabilities = capabilities;
    const { exit, stdout } = await douane(["doctor"]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^trial \(douane trial\): not possible here\. /m);
    expect(stdout).toContain(fix);
  });
});

test("doctor says what would run a trial", async () => {
  const facts = { name: "runc", version: "1.1.15", mode: "rootless", limits: { memory: "none" } };
  found.capabilities = { available: true, facts };
  const { stdout } = await douane(["doctor", "--lang", "fr"]);
  expect(stdout).toContain("essai (douane trial) : runc 1.1.15, sans root, sans cgroups");
});
