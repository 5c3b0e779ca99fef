import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnchorSearch } from "./anchors.ts";

function found(anchors: readonly string[], bytes: Uint8Array): readonly string[] {
  const hits: string[] = [];
  new AnchorSearch(anchors).search(bytes, (anchor, offset) => hits.push(`${offset} ${anchors[anchor]}`));
  return hits.toSorted();
}

/** `before`: number of bytes that precede the text in memory. */
function inMemory(text: string, before = 0): Uint8Array {
  const memory = Buffer.alloc(before + text.length);
  memory.write("a".repeat(before) + text, "latin1");
  return memory.subarray(before);
}

describe("AnchorSearch", () => {
  test("finds anchors that overlap, repeat, share a beginning, and stand at either end", () => {
    const expected = ["0 abc", "0 abcd", "1 bcd", "4 abc", "7 abc"];
    for (const before of [0, 1]) {
      expect(found(["abc", "abcd", "bcd"], inMemory("abcdabcabc", before))).toEqual(expected);
    }
  });

  test("finds nothing in a text shorter than every anchor", () => {
    for (const text of ["ab", "a", ""]) {
      expect(found(["abc"], inMemory(text))).toEqual([]);
      expect(found(["abc"], inMemory(text, 1))).toEqual([]);
      expect(new AnchorSearch(["abc"]).standsIn(text)).toBe(false);
    }
  });

  test("finds what searching for one after the other finds, wherever the bytes lie in memory", () => {
    const anchor = fc.string({ unit: fc.constantFrom("a", "b", "\0"), minLength: 3, maxLength: 7 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\0", "\xff"), maxLength: 80 });
    fc.assert(
      fc.property(
        fc.uniqueArray(anchor, { minLength: 1, maxLength: 40 }),
        text,
        fc.nat(3),
        (anchors, haystack, before) => {
          const expected = anchors.flatMap((one) =>
            haystack
              .split("")
              .flatMap((_, offset) => (haystack.startsWith(one, offset) ? [`${offset} ${one}`] : [])),
          );
          expect(found(anchors, inMemory(haystack, before))).toEqual(expected.toSorted());
          expect(new AnchorSearch(anchors).standsIn(haystack)).toBe(expected.length > 0);
        },
      ),
    );
  });

  test("characters beyond Latin-1 are no anchor's, and hide none", () => {
    expect(new AnchorSearch(["\xffab"]).standsIn("\u{20ac}ab")).toBe(false);
    expect(new AnchorSearch(["abc"]).standsIn("\u{1f600}é€abc")).toBe(true);
  });

  test("takes no anchor of two characters", () => {
    expect(() => new AnchorSearch(["//"])).toThrow("// is too short");
  });
});
