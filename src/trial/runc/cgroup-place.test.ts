import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { cgroupsOfPod } from "./cgroup-place.ts";
import { canLimitBelow, cgroupIn } from "./cgroups.ts";
import { inScope } from "./scope.ts";

const SYSTEMD = { systemdRun: "/usr/bin/systemd-run", runtimeDirectory: "/run/user/1000" };

test.each([
  [{ parent: "/" }, "douane-1"],
  [{ parent: "/system.slice/runner.service" }, "system.slice/runner.service/douane-1"],
  [{ parent: "/user.slice/app.slice", scopes: SYSTEMD }, "user.slice/app.slice/douane-1.scope/douane-1"],
])("cgroups of a pod lie below %j", (place, expected) => {
  expect(cgroupsOfPod(place, "douane-1")).toBe(expected);
});

test.each([
  ["0::/user.slice/a\\x2db.scope\n", "/user.slice/a\\x2db.scope"],
  ["4:memory:/process\n0::/\n", "/"],
  ["4:memory:/process\n", undefined],
])("%j names a cgroup of version 2: %s", (text, expected) => {
  expect(cgroupIn(text)).toBe(expected);
});

test("nothing can be limited below a cgroup that is none", () => {
  expect(canLimitBelow("/no-such-cgroup")).toBe(false);
});

test("a command reaches its scope word by word, and systemd finds nothing to expand in what is ours", () => {
  const words = ["/bin/echo", "it's", "a b", '"`$HOME`"', "\\"];
  const script = inScope(SYSTEMD, "douane-1", words).at(-1) ?? "";
  const [setup = "", command = ""] = script.split(/(?= && exec )/);
  expect(setup).toContain("supervisor/cgroup.procs");
  expect(setup).not.toContain("$");
  const said = execFileSync("/bin/sh", ["-c", `true${command}`], { encoding: "utf8" });
  expect(said).toBe(`${words.slice(1).join(" ")}\n`);
});
