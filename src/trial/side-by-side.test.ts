import { expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { blockedBy, hasRoomApart, type RunningTrial, trialMachine, trialMemory } from "./side-by-side.ts";
import type { ServedDependency } from "./trial-options.ts";

const MIB = 1024 ** 2;
const MACHINE = { cores: 2, memoryBytes: 1_000, isolates: true };
const BUSY: RunningTrial = { memoryBytes: 300, idle: false };
const IDLE: RunningTrial = { memoryBytes: 300, idle: true };

test.each<[string, Partial<typeof MACHINE>, readonly RunningTrial[], number, ReturnType<typeof blockedBy>]>([
  ["nothing runs, whatever it needs", { isolates: false }, [], 5_000, undefined],
  ["a core is free", {}, [BUSY], 300, undefined],
  ["each core has one", {}, [BUSY, BUSY], 300, "cores"],
  ["one of them only waits", {}, [BUSY, IDLE], 300, undefined],
  ["one core", { cores: 1 }, [BUSY], 300, "cores"],
  ["all might use more than there is", {}, [BUSY], 701, "memory"],
  ["they just fit", {}, [BUSY], 700, undefined],
  ["those that only wait keep their memory", {}, [IDLE, IDLE], 401, "memory"],
  ["no cgroups", { isolates: false }, [IDLE], 1, "isolation"],
  [
    "the bound, on a large machine",
    { cores: 64, memoryBytes: 1e9 },
    Array.from({ length: LIMITS.trialsAtOnce }, () => BUSY),
    1,
    "most",
  ],
])("%s", (_, machine, running, memoryBytes, expected) => {
  expect(blockedBy({ ...MACHINE, ...machine }, running, memoryBytes)).toBe(expected);
});

test("a trial may use the limits of its containers in each pod, and the supervisors' memory", () => {
  const pod = 64 * MIB + LIMITS.trialMemoryBytes + 128 * MIB;
  const memory = trialMemory([{ limits: { memoryBytes: 64 * MIB } }, {}]);
  expect(memory).toEqual({ leastBytes: 2 * pod, apartBytes: 3 * pod });
});

test.each<[string, Partial<typeof MACHINE>, readonly RunningTrial[], number, boolean]>([
  ["it just fits", {}, [], 1_000, true],
  ["alone, and there is less", {}, [], 1_001, false],
  ["beside another one", {}, [IDLE], 700, true],
  ["beside another one there is less", {}, [IDLE], 701, false],
  ["no cgroups", { isolates: false }, [], 1, false],
])("a third pod: %s", (_, machine, running, apartBytes, expected) => {
  expect(hasRoomApart({ ...MACHINE, ...machine }, running, { leastBytes: 1, apartBytes })).toBe(expected);
});

test("an image beside it is there once, with a supervisor of its own; a port that is only open costs nothing", () => {
  const { leastBytes, apartBytes } = trialMemory([{}]);
  const more = (bytes: number) => ({ leastBytes: leastBytes + bytes, apartBytes: apartBytes + bytes });
  expect(trialMemory([{}], [{ name: "a", ports: [1] }])).toEqual(more(0));
  expect(trialMemory([{}], [served({ memoryBytes: 64 * MIB })])).toEqual(more(192 * MIB));
  expect(trialMemory([{}], [served({})])).toEqual(more(LIMITS.trialMemoryBytes + 128 * MIB));
});

function served(limits: ServedDependency["limits"]): ServedDependency {
  return {
    name: "db",
    ports: [1],
    image: "db",
    imageId: `sha256:${"0".repeat(64)}`,
    layers: [],
    mountOptions: [],
    ids: { first: 1, count: 1 },
    scratch: "/",
    start: { argv: [], env: [], cwd: "/", user: { uid: 0, gid: 0, additionalGids: [] } },
    limits,
    readiness: { timeoutMs: 1 },
  };
}

test("this machine has a core, and memory", () => {
  const machine = trialMachine({ limits: { memory: "cgroup", processes: "rlimit" } });
  expect(machine.isolates).toBe(false);
  expect(machine.cores).toBeGreaterThanOrEqual(1);
  expect(machine.memoryBytes).toBeGreaterThan(0);
  expect(trialMachine({ limits: { memory: "cgroup", processes: "cgroup" } }).isolates).toBe(true);
});
