import { createCipheriv } from "node:crypto";
import { expect, test } from "vitest";
import { FACTS, LAYER, OTHER } from "../../../../test/fixtures/facts-cache.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { FactsMemory } from "./facts-memory.ts";
import { sealFacts } from "./layer-entry.ts";

test("what a run keeps compressed stays within its bound: the longest unused goes first", () => {
  const memory = new FactsMemory();
  memory.store(LAYER, sealFacts(LAYER, FACTS));
  expect(memory.load(LAYER).entries).toEqual(FACTS.entries);
  // Does not compress.
  const noise = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(
    Buffer.alloc(LIMITS.keptFactsBytes / 8),
  );
  const pieces = ["0", "1", "2", "3", "4", "5", "6", "7"].map((name) => ({
    ...OTHER,
    digest: `sha256:${name.repeat(64)}` as const,
  }));
  for (const layer of pieces) memory.store(layer, new Map([["entries", noise]]));
  expect(memory.load(LAYER)).toEqual({});
});
