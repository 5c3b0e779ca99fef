import { expect, test } from "vitest";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import type { ContainerFacts } from "../contract/pod-facts.ts";
import type { VolumeFacts } from "../contract/volume-facts.ts";
import { namesOfKeys } from "./config-key-names.ts";

const mounted = (mountPath: string, subPath?: string): ContainerFacts => ({
  volumeMounts: [{ name: "v", mountPath, ...(subPath === undefined ? {} : { subPath }) }],
});
const map = (items?: readonly { key: string; path: string }[]) => ({ name: "cfg", ...(items && { items }) });

test.each<[string, ContainerFacts, readonly Omit<VolumeFacts, "sources">[], readonly string[]]>([
  [
    "a variable",
    { env: [{ name: "P", valueFrom: { configMapKeyRef: { name: "cfg", key: "a" } } }] },
    [],
    ["a P"],
  ],
  [
    "a variable of the key's name",
    { env: [{ name: "a", valueFrom: { configMapKeyRef: { name: "cfg", key: "a" } } }] },
    [],
    [],
  ],
  [
    "another ConfigMap's",
    { env: [{ name: "P", valueFrom: { configMapKeyRef: { name: "x", key: "a" } } }] },
    [],
    [],
  ],
  ["an incomplete variable", { env: [{ valueFrom: { configMapKeyRef: { name: "cfg" } } }, {}] }, [], []],
  ["a prefix", { envFrom: [{ prefix: "DB_", configMapRef: { name: "cfg" } }] }, [], ["a DB_a", "b DB_b"]],
  ["no prefix", { envFrom: [{ configMapRef: { name: "cfg" } }, {}] }, [], []],
  [
    "a file of its own name",
    mounted("/c"),
    [{ name: "v", configMap: map([{ key: "a", path: "run/password" }]) }],
    ["a password"],
  ],
  [
    "a projected one",
    mounted("/c"),
    [{ name: "v", projected: { sources: [{ configMap: map([{ key: "a", path: "pw" }]) }, {}] } }],
    ["a pw"],
  ],
  ["a mount of one key", mounted("/run/password", "a"), [{ name: "v", configMap: map() }], ["a password"]],
  [
    "a mount of one item",
    mounted("/run/password", "p"),
    [{ name: "v", configMap: map([{ key: "a", path: "p" }]) }],
    ["a p", "a password"],
  ],
  ["a mount of another volume", mounted("/run/password", "a"), [{ name: "w", configMap: map() }], []],
  ["a whole folder", mounted("/run/password"), [{ name: "v", configMap: map() }], []],
  ["a volume without the ConfigMap", mounted("/run/password", "a"), [{ name: "v", emptyDir: {} }], []],
  [
    "items that could not be read",
    mounted("/c"),
    [{ name: "v", configMap: { name: "cfg", items: [{}] } }],
    [],
  ],
  [
    "a mount without a path",
    { volumeMounts: [{ name: "v", subPath: "a" }] },
    [{ name: "v", configMap: map() }],
    [],
  ],
])("%s", (_, container, given, names) => {
  const volumes = given.map((volume) => ({ ...volume, sources: [] }));
  const { spec } = workloadFacts({ containers: [container], volumes }).pod;
  expect(namesOfKeys(spec, "cfg", ["a", "b"]).map(({ key, name }) => `${key} ${name}`)).toEqual(names);
});
