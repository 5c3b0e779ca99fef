import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alive, descendants, type Known } from "../../test/fixtures/trial/descendants.ts";
import { handOver, MODES, runDriver, startDriver } from "../../test/fixtures/trial/mode.ts";
import { alone, type TrialRequest } from "../../test/fixtures/trial/request.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject, request } from "../../test/fixtures/trial/subject.ts";
import { LIMITS } from "../contract/limits.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { removeLeftCgroups } from "./runc/cgroups.ts";

const SLOW = { readyMs: 60_000, settleMs: 50, graceMs: 300 };
const LATE_MS = 120_000;

/**
 * Expected events: a cgroup bounds the container and reports it; without one, a limit bounds each process.
 */
const MEMORY = {
  cgroup: {
    behaviour: "eats-memory",
    options: { limits: { memoryBytes: 32 * 1024 ** 2 } },
    exit: { signal: "SIGKILL", outOfMemory: true },
  },
  rlimit: { behaviour: "reserves", options: { lifetime: "batch" }, exit: { code: 9 } },
} as const;

describe.each(MODES)("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function trial(args: readonly string[], changes: Partial<TrialRequest> = {}): Promise<TrialFacts> {
    return runDriver(mode, request(subject.layers, args, changes));
  }

  /** A trial that runs until it is ended, once both of its containers run. */
  async function endless(): Promise<{ readonly driver: ChildProcess; readonly processes: readonly Known[] }> {
    const driver = startDriver(
      mode,
      alone(request(subject.layers, ["worker"], { ports: [], waits: SLOW, deadlineMs: LATE_MS })),
    );
    for (;;) {
      await sleep(50);
      const processes = descendants(driver.pid ?? 0);
      if (processes.filter(({ command }) => command.startsWith("/app/subject")).length === 2) {
        return { driver, processes };
      }
    }
  }

  test("a fork bomb is ended at its bound, and it is said why", async () => {
    const facts = await trial(["fork-bomb"], { limits: { pids: 60 } });
    expect(seen(facts, "limit", "read-only")).toMatchObject([{ what: "processes" }]);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "kill", signal: "SIGKILL" }]);
  });

  test("who stays below the bound is no bomb", async () => {
    const facts = await trial(["serve"], { limits: { pids: 30 } });
    expect(seen(facts, "limit")).toEqual([]);
  });

  test("as many processes as a fork bomb has (trialForkBomb) are ended; fewer are not", async () => {
    const bomb = await trial(["crowd", `${LIMITS.trialForkBomb}`]);
    expect(seen(bomb, "limit", "read-only")).toMatchObject([{ what: "processes" }]);
    const crowd = await trial(["crowd", `${LIMITS.trialForkBomb * 0.8}`]);
    expect(seen(crowd, "limit")).toEqual([]);
  });

  test("threads count as processes: there are no more of them than trialProcesses, whatever was asked for", async () => {
    const more = 2 * LIMITS.trialProcesses;
    const facts = await trial(["threads", `${more}`], { limits: { pids: more } });
    const [output] = seen(facts, "output", "read-only");
    const [, made] = /^threads: (\d+)/m.exec(output?.sample ?? "") ?? [];
    const ended = seen(facts, "limit", "read-only").map(({ what }) => what);
    // A cgroup reports the limit and the container is ended; an rlimit only refuses.
    const isHeld = made === undefined ? ended.includes("processes") : Number(made) < LIMITS.trialProcesses;
    expect(isHeld).toBe(true);
  });

  test("whose socket it is, is not told beyond as many open files as are looked at (trialOpenFiles), and it is said", async () => {
    const facts = await trial(["hoards-files"]);
    const [listener] = seen(facts, "listener", "read-only");
    expect([listener?.port, listener?.process]).toEqual([8080, undefined]);
    const limits = seen(facts, "limit", "read-only").map(({ what }) => what);
    expect(limits).toEqual(expect.arrayContaining(["observations", "open-files"]));
  });

  test("a table of sockets longer than is read (trialSocketTableBytes) is said", async () => {
    const facts = await trial(["hoards-sockets"], {
      waits: { readyMs: 12_000, settleMs: 500, graceMs: 300 },
      deadlineMs: 120_000,
    });
    expect(seen(facts, "listener", "read-only")).toMatchObject([{ port: 8080 }]);
    expect(seen(facts, "limit", "read-only")).toMatchObject([{ what: "observations" }]);
  });

  test("a flood of output is slowed down, and a sample of it is kept", async () => {
    const facts = await trial(["floods"], { waits: { readyMs: 2_000, settleMs: 500, graceMs: 300 } });
    const [output] = seen(facts, "output", "read-only");
    expect(seen(facts, "limit", "read-only")).toMatchObject([{ what: "output-rate" }]);
    expect(output?.cut).toBe(true);
    expect(output?.sample.length).toBeLessThan(LIMITS.trialSampleBytes + 10);
    expect(output?.bytes).toBeGreaterThan(1024 ** 2);
    expect(output?.bytes).toBeLessThan(LIMITS.trialOutputBytesPerSecond * 3);
  });

  test("who eats memory is stopped at the bound that this machine has for its mode", async () => {
    const { executor } = await trial(["exit", "0"], { lifetime: "batch" });
    const { behaviour, options, exit } = MEMORY[executor.limits.memory];
    const facts = await trial([behaviour], options);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "itself", ...exit }]);
  });

  test("what is written to memory is bounded", async () => {
    const mounts = [{ kind: "empty", path: "/data", bytes: 64 * 1024 }] as const;
    const facts = await trial(["fills"], { mounts });
    const [write] = seen(facts, "write", "read-only");
    expect(write).toMatchObject({ path: "/data/big", bytes: 64 * 1024 });
  });

  test("after its deadline it ends, and says so", async () => {
    const facts = await trial(["worker"], { ports: [], waits: SLOW, deadlineMs: 1_500 });
    expect(new Set(seen(facts, "limit").map(({ what }) => what))).toEqual(new Set(["deadline"]));
    expect(facts.phases).toEqual([]);
    expect(facts.durationMs).toBeLessThan(4_000);
  });

  test("nothing is left when it is over", async () => {
    const { driver, processes } = await endless();
    process.kill(driver.pid ?? 0, "SIGUSR2");
    await once(driver, "close");
    expect(alive(processes)).toEqual([]);
    expect(leftOf(driver)).toEqual([]);
  });

  test("no process is left when its guardian is killed", async () => {
    const { driver, processes } = await endless();
    for (const { pid, command } of processes)
      if (command.startsWith("/bin/sh -c")) process.kill(pid, "SIGKILL");
    await once(driver, "close");
    const until = Date.now() + 10_000;
    while (Date.now() < until && alive(processes).length > 0) await sleep(20);
    expect(alive(processes)).toEqual([]);
    removeLeftCgroups("/");
    expect(leftOf(driver)).toEqual([]);
  });

  test("who kills the guardian, too, leaves empty cgroups, which the next trial removes", async () => {
    const { driver, processes } = await endless();
    const guardians = processes.filter(({ command }) => command.startsWith("/bin/sh -c"));
    for (const pid of [driver.pid ?? 0, ...guardians.map((one) => one.pid)]) process.kill(pid, "SIGKILL");
    await once(driver, "close");
    const until = Date.now() + 10_000;
    while (Date.now() < until && alive(processes).length > 0) await sleep(20);
    await trial(["exit", "0"], { lifetime: "batch" });
    expect(leftOf(driver)).toEqual([]);
  });

  test("nothing is left after kill -9", async () => {
    const { driver, processes } = await endless();
    expect(processes.some(({ command }) => command.includes("unshare"))).toBe(true);
    process.kill(driver.pid ?? 0, "SIGKILL");
    const until = Date.now() + 10_000;
    while (Date.now() < until && (alive(processes).length > 0 || leftOf(driver).length > 0)) await sleep(20);
    expect(alive(processes)).toEqual([]);
    expect(leftOf(driver)).toEqual([]);
  });

  test("two at once do not meet", async () => {
    const [one, other] = await Promise.all([trial(["writes"]), trial(["serve"])]);
    expect(seen(one, "write", "writable").length).toBe(3);
    expect(seen(other, "write")).toEqual([]);
    for (const facts of [one, other]) {
      expect(seen(facts, "listener", "read-only").length).toBe(1);
      expect(seen(facts, "process", "read-only").length).toBe(1);
    }
  });

  test("links of the image lead nowhere on the host", async () => {
    const [outside, evil] = [join(subject.directory, "outside"), join(subject.directory, "evil")];
    mkdirSync(outside, { mode: 0o777 });
    mkdirSync(evil);
    for (const name of ["etc2", "tmp", "data2"]) symlinkSync(outside, join(evil, name));
    symlinkSync(`../../../../../..${outside}`, join(evil, "etc"));
    for (const folder of [outside, evil]) handOver(folder, mode);
    const facts = await runDriver(
      mode,
      request([...subject.layers, evil], ["writes"], {
        mounts: [
          { kind: "empty", path: "/tmp" },
          { kind: "files", path: "/data2/app", files: { a: { content: "b", mode: 0o644 } } },
        ],
      }),
    );
    expect(readdirSync(outside)).toEqual([]);
    expect(facts.phases.length).toBeGreaterThanOrEqual(3);
  });
});

/** Cgroups of a driver, mounts that a trial makes, interfaces of a pod. */
function leftOf({ pid }: ChildProcess): readonly string[] {
  const cgroups = globSync(`/sys/fs/cgroup/**/douane-${pid}-*`);
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const interfaces = readFileSync("/proc/self/net/dev", "utf8").split("\n");
  return [
    ...cgroups,
    ...mounts.filter((line) => line.includes("/volumes/") || line.includes("upperdir=/mnt")),
    ...interfaces.filter((line) => /pod0|gate0/.test(line)),
  ];
}
