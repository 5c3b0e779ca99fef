import fc from "fast-check";
import { expect, test } from "vitest";
import { AlignedSearch } from "./aligned-search.ts";

function found(anchors: readonly string[], bytes: Uint8Array): readonly string[] {
  const hits: string[] = [];
  new AlignedSearch(anchors).search(bytes, (anchor, offset) => hits.push(`${offset} ${anchors[anchor]}`));
  return hits.toSorted();
}

test("finds what searching for one after the other finds, wherever the bytes lie in memory", () => {
  const anchor = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 4, maxLength: 6 });
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), maxLength: 80 });
  fc.assert(
    fc.property(
      fc.uniqueArray(anchor, { minLength: 1, maxLength: 6 }),
      text,
      fc.nat(3),
      (anchors, haystack, before) => {
        const expected = anchors.flatMap((one) =>
          haystack
            .split("")
            .flatMap((_, offset) => (haystack.startsWith(one, offset) ? [`${offset} ${one}`] : [])),
        );
        const memory = Buffer.from("a".repeat(before) + haystack, "latin1");
        const copy = Buffer.alloc(memory.length);
        memory.copy(copy);
        expect(found(anchors, copy.subarray(before))).toEqual(expected.toSorted());
      },
    ),
  );
});

test("takes no anchor of three characters", () => {
  expect(() => new AlignedSearch(["://"])).toThrow(":// is too short");
});
