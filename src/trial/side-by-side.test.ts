import { expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import {
  blockedBy,
  dependenciesWithin,
  hasRoomApart,
  mostMemory,
  type RunningTrial,
  trialMachine,
  trialMemory,
  withMostMemory,
} from "./side-by-side.ts";
import type { ContainerOptions, ServedDependency } from "./trial-options.ts";

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

const limited = (mebibytes: number) => ({ limits: { memoryBytes: mebibytes * MIB } });
const FAKE = { name: "mail", ports: [25] };

test.each<[string, number, readonly number[], readonly number[], number | undefined]>([
  ["enough for both replicas", 512, [256], [], undefined],
  ["one mebibyte less", 511, [256], [], 255.5],
  ["far more than the machine has", 2048, [900 * 1024], [], 1024],
  ["a small container keeps its limit, the other gets the rest", 1000, [100, 900 * 1024], [], 400],
  ["a dependency, which runs once", 600, [100], [500], 400],
  ["enough, with a dependency", 500, [100], [300], undefined],
  ["the least that a container gets", 10, [512], [], 64],
])("%s", (_, machine, containers, dependencies, expected) => {
  const all = [...dependencies.map((one) => served(limited(one).limits)), FAKE];
  const supervisors = (2 + dependencies.length) * 128 * MIB;
  const most = mostMemory(machine * MIB + supervisors, containers.map(limited), all);
  expect(most).toBe(expected === undefined ? undefined : expected * MIB);
});

const SUBJECT = {} as ContainerOptions["subject"];

test("a container gets at most this memory, and its evidence states what it had", () => {
  const inputs = { memoryBytes: 900 * MIB } as NonNullable<ContainerOptions["subject"]["inputs"]>;
  const one = withMostMemory({ ...limited(900), subject: { ...SUBJECT, inputs } }, 100 * MIB);
  expect(one.limits.memoryBytes).toBe(100 * MIB);
  expect(one.subject.inputs?.memoryBytes).toBe(100 * MIB);
  expect(withMostMemory({ ...limited(50), subject: SUBJECT }, 100 * MIB)).toEqual({
    ...limited(50),
    subject: SUBJECT,
  });
});

test("a container without a limit has the default at most", () => {
  const one: Pick<ContainerOptions, "limits" | "subject"> = { subject: SUBJECT };
  expect(withMostMemory(one, 8 * LIMITS.trialMemoryBytes).limits?.memoryBytes).toBe(LIMITS.trialMemoryBytes);
});

test("dependencies get at most this memory; a port that is only open needs none", () => {
  expect(dependenciesWithin([served(limited(900).limits), FAKE], 100 * MIB)).toEqual([
    served(limited(100).limits),
    FAKE,
  ]);
});
