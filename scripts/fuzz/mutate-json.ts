import type { Random } from "./random.ts";

type Json = Record<string, unknown>;
const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  2 ** 53,
  1.5,
  "",
  "x",
  "0",
  [],
  {},
  [[]],
  [null],
  "a\0b",
];

/** Mutates one value or key of a JSON document (which is also YAML); undefined if the input is not JSON. */
export function mutateJson(input: Buffer, random: Random, words: readonly string[]): Buffer | undefined {
  let root: unknown;
  try {
    root = JSON.parse(input.toString("utf8"));
  } catch {
    return undefined;
  }
  const holders: Json[] = [];
  collect(root, holders);
  if (holders.length === 0) return undefined;
  const holder = random.pick(holders);
  const key = random.pick([...Object.keys(holder), "0"]);
  const changes = [
    () => put(holder, key, random.pick(VALUES)),
    () => put(holder, key, random.pick(words)),
    () => put(holder, key, random.pick(holders)),
    () => put(holder, random.pick(words), holder[key]),
    () => void delete holder[key],
  ];
  random.pick(changes)();
  try {
    return Buffer.from(JSON.stringify(root));
  } catch {
    // A cyclic value cannot be serialised.
    return undefined;
  }
}

/** `__proto__` is a key like others. */
function put(holder: Json, key: string, value: unknown): void {
  Object.defineProperty(holder, key === "length" ? "size" : key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function collect(value: unknown, into: Json[]): void {
  if (typeof value !== "object" || value === null) return;
  into.push(value as Json);
  for (const child of Object.values(value)) collect(child, into);
}
