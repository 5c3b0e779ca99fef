import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { canMakeCgroups, cgroupName, removeLeftCgroups } from "./cgroups.ts";

const PARENT = existsSync("/sys/fs/cgroup/pids") ? "/sys/fs/cgroup/pids" : "/sys/fs/cgroup";
const isPossible = process.getuid?.() === 0 && canMakeCgroups();
const GONE = spawnSync("/bin/true").pid;

const made = new Set<string>();

function make(name: string): string {
  const path = `${PARENT}/${name}`;
  mkdirSync(path);
  made.add(path);
  return path;
}

afterEach(() => {
  for (const path of made) if (existsSync(path)) rmdirSync(path);
  made.clear();
});

/** The same name as of a process that is no more. */
function left(end = "main-1"): string {
  return `${cgroupName(1).replace(`${process.pid}`, `${GONE}`)}-${end}`;
}

test.runIf(isPossible)("cgroups of a process that is no more are removed", () => {
  const paths = [make(left()), make(left("replica-2")), make(left("main-web-1"))];
  removeLeftCgroups("/");
  expect(paths.filter(existsSync)).toEqual([]);
});

test.runIf(isPossible)("those of a process that runs, and what is named otherwise, stay", () => {
  const names = [
    `${cgroupName(1)}-main-1`,
    `douane-${GONE}`,
    `x${left()}`,
    `${left()}.slice`,
    `douane-${GONE}-a-b`,
  ];
  const paths = names.map(make);
  removeLeftCgroups("/");
  expect(paths.filter(existsSync)).toEqual(paths);
});

test.runIf(isPossible)("those that have a process in them, or another cgroup, stay", async () => {
  const [busy, parent] = [make(left()), make(left("main-2"))];
  const inner = `${parent}/inner`;
  mkdirSync(inner);
  const child = spawn("/bin/sleep", ["60"], { stdio: "ignore" });
  writeFileSync(`${busy}/cgroup.procs`, `${child.pid}`);
  removeLeftCgroups("/");
  const stayed = [busy, parent, inner].filter(existsSync);
  child.kill("SIGKILL");
  await once(child, "close");
  rmdirSync(inner);
  expect(stayed).toEqual([busy, parent, inner]);
  // The kernel lets go of a dead process a little later.
  for (let tries = 0; tries < 100 && existsSync(busy); tries++) {
    removeLeftCgroups("/");
    await sleep(10);
  }
  expect(existsSync(busy)).toBe(false);
});
