import { expect, test } from "vitest";
import { LruCache } from "./lru-cache.ts";

/** Keys whose values were made, in the order of these requests. */
function made(most: number, ...keys: readonly string[]): readonly string[] {
  const cache = new LruCache<string, string>(most);
  const all: string[] = [];
  for (const key of keys) {
    const value = cache.get(key, () => {
      all.push(key);
      return `value of ${key}`;
    });
    expect(value).toBe(`value of ${key}`);
  }
  return all;
}

test.each([
  ["a b a b", "a b"],
  ["a b c a", "a b c a"],
  ["a b c b c", "a b c"],
  ["a b a c a b", "a b c b"],
  ["a a a", "a"],
])("of two values that are held, the requests %s make %s", (keys, expected) => {
  expect(made(2, ...keys.split(" ")).join(" ")).toBe(expected);
});
