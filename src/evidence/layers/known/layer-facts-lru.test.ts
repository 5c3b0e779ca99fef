import { expect, test } from "vitest";
import { FACTS } from "../../../../test/fixtures/facts-cache.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { LayerFactsLru } from "./layer-facts-lru.ts";

test("facts at hand stay within their bound: the longest unused go first", () => {
  const atHand = new LayerFactsLru();
  atHand.set("first", FACTS);
  atHand.set("second", FACTS);
  const long = "x".repeat(LIMITS.factsAtHandBytes / 2 - 2_000);
  const large = { ...FACTS, files: { ...FACTS.files, contents: [{ entry: 0, text: long }] } };
  atHand.get("first");
  atHand.set("third", large);
  expect(["first", "second", "third"].map((key) => atHand.get(key))).toEqual([FACTS, FACTS, large]);
  atHand.set("fourth", large);
  expect(["first", "second", "third"].map((key) => atHand.get(key))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(atHand.get("fourth")).toBe(large);
});
