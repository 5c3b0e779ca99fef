import { expect, test } from "vitest";
import { givenInputs, type InputCase } from "../../../../test/fixtures/given-inputs.ts";
import { unprovided, unprovidedAlone } from "./unprovided-inputs.ts";

function storage(limit: string) {
  return { resources: { limits: { "ephemeral-storage": limit } } };
}

const MOUNT = { volumeMounts: [{ name: "v", mountPath: "/data" }] };
const shared = { shareProcessNamespace: true };

test.each<[string, InputCase, readonly string[]]>([
  ["nothing of the kind", { spec: {} }, []],
  ["neither, in words", { spec: { stdin: false, tty: false }, pod: { shareProcessNamespace: false } }, []],
  ["a terminal", { spec: { tty: true } }, ["tty"]],
  ["a raw disk", { spec: { volumeDevices: [{ devicePath: "/dev/disk" }] } }, ["block device"]],
  [
    "a claim of a raw disk, mounted",
    {
      spec: MOUNT,
      pod: { volumes: [{ name: "v", sources: [], persistentVolumeClaim: { claimName: "data" } }] },
      facts: { claims: [{ name: "data", source: "claim", isBlock: true }] },
    },
    ["volumeMode: Block"],
  ],
  [
    "a template of raw disks, mounted",
    {
      spec: MOUNT,
      facts: { claims: [{ name: "v", source: "template", requested: { volumeMode: "Block" } }] },
    },
    ["volumeMode: Block"],
  ],
  [
    "a claim of a raw disk that another container mounts",
    { spec: {}, facts: { claims: [{ name: "data", source: "claim", isBlock: true }] } },
    [],
  ],
  [
    "huge pages",
    {
      spec: MOUNT,
      pod: { volumes: [{ name: "v", sources: ["emptyDir"], emptyDir: { medium: "HugePages-2Mi" } }] },
    },
    ["huge pages"],
  ],
  [
    "a volume in memory",
    { spec: MOUNT, pod: { volumes: [{ name: "v", sources: ["emptyDir"], emptyDir: { medium: "Memory" } }] } },
    [],
  ],
  ["a little ephemeral storage", { spec: storage("1Mi") }, ["ephemeral-storage (1Mi)"]],
  ["a little for the pod", { spec: {}, pod: storage("65535Ki") }, ["ephemeral-storage (65535Ki)"]],
  ["a quarter of a byte of memory", { spec: { resources: { limits: { memory: "256m" } } } }, ["(256m)"]],
  ["bytes of memory for the pod", { spec: {}, pod: { resources: { limits: { memory: "512" } } } }, ["(512)"]],
  ["memory enough", { spec: { resources: { limits: { memory: "64Mi" } } } }, []],
  ["no limit of memory", { spec: { resources: { limits: { memory: "0" } } } }, []],
  ["enough of it", { spec: storage("64Mi") }, []],
  ["a limit of 0 is none", { spec: storage("0") }, []],
  ["an amount that is none", { spec: storage("much") }, []],
  [
    "a profile of the nodes",
    { spec: { securityContext: { appArmorProfile: { type: "Localhost" } } } },
    ["AppArmor profile (Localhost)"],
  ],
  [
    "one of the pod",
    { spec: {}, pod: { securityContext: { appArmorProfile: { type: "Localhost" } } } },
    ["AppArmor profile"],
  ],
  [
    "one of the pod that the container replaces",
    {
      spec: { securityContext: { appArmorProfile: { type: "RuntimeDefault" } } },
      pod: { securityContext: { appArmorProfile: { type: "Localhost" } } },
    },
    [],
  ],
  [
    "the runtime's profile",
    { spec: { securityContext: { appArmorProfile: { type: "RuntimeDefault" } } } },
    [],
  ],
  ["an open input", { spec: { stdin: true } }, ["tty"]],
  [
    "the processes of another container",
    { spec: {}, pod: shared, beside: [{ name: "two" }] },
    ["shareProcess"],
  ],
  ["a neighbour whose processes it does not see", { spec: {}, beside: [{ name: "two" }] }, []],
  ["its own processes alone: the kernel's rules are kept", { spec: {}, pod: shared }, []],
])("%s: %j → %j", (_, input, words) => {
  const { placed } = givenInputs(input);
  if (placed === undefined) throw new Error("no manifest");
  const texts = unprovided(placed);
  expect(texts.map(({ en }) => en)).toEqual(words.map((word) => expect.stringContaining(word)));
  for (const { settle } of texts) expect(settle?.fr).toMatch(/\.$/);
});

test("a trial of the image alone is not given hostAliases", () => {
  const aliases = { hostAliases: [{ ip: "127.0.0.1", hostnames: ["db"] }] };
  const counts = [{}, { hostAliases: [] }, aliases].map((pod) => {
    const { placed } = givenInputs({ spec: {}, pod });
    return placed === undefined ? undefined : unprovidedAlone(placed).length;
  });
  expect(counts).toEqual([0, 0, 1]);
});

test("a trial of the image alone is not given the index of a Job's pod", () => {
  const { placed } = givenInputs({ spec: {}, facts: { job: { isIndexed: true } } });
  expect(placed === undefined ? [] : unprovidedAlone(placed).map(({ en }) => en)).toEqual([
    expect.stringContaining("JOB_COMPLETION_INDEX"),
  ]);
});
