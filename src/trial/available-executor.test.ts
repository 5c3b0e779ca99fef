import { describe, expect, test, vi } from "vitest";
import { douane } from "../../test/fixtures/douane.ts";
import type { Capabilities } from "./plan/executor.ts";
import { missingTools, noSubordinateIds, vulnerableRuntime } from "./runc/problems.ts";

const found = vi.hoisted(() => ({ capabilities: undefined as unknown }));
vi.mock("./runc/executor.ts", () => ({
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

test.each([
  ["runc", "rootless", "rlimit", "runc 1.2.3, sans root, sans cgroups : ", "loginctl enable-linger"],
  ["runc", "root", "rlimit", "runc 1.2.3, en root, sans cgroups : ", "hors d'un conteneur"],
  ["crun", "rootless", "cgroup", "crun 1.2.3, sans root, mémoire et processus", "bornés par les cgroups"],
])("doctor says what would run a trial, and what bounds it: %s %s %s", async (...row) => {
  const [name, mode, memory, ...said] = row;
  const facts = { name, version: "1.2.3", mode, limits: { memory } };
  found.capabilities = { available: true, facts };
  const { stdout } = await douane(["doctor", "--lang", "fr"]);
  const [line] = stdout.split("\n").filter((text) => text.startsWith("essai (douane trial) : "));
  for (const part of said) expect(line).toContain(part);
});
