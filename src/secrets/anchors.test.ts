import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnchorSearch } from "./anchors.ts";

function found(anchors: readonly string[], text: string): readonly string[] {
  const hits: string[] = [];
  new AnchorSearch(anchors).search(Buffer.from(text, "latin1"), (anchor, offset) => {
    hits.push(`${offset} ${anchors[anchor]}`);
  });
  return hits;
}

describe("AnchorSearch", () => {
  test("finds anchors that overlap, repeat, share a beginning, and stand at either end", () => {
    expect(found(["abc", "abcd", "bcd"], "abcdabcabc")).toEqual([
      "0 abc",
      "0 abcd",
      "1 bcd",
      "4 abc",
      "7 abc",
    ]);
  });

  test("finds nothing in a text shorter than every anchor", () => {
    expect(found(["abc"], "ab")).toEqual([]);
    expect(found(["abc"], "")).toEqual([]);
  });

  test("finds what searching for one after the other finds", () => {
    const anchor = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 2, maxLength: 5 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), maxLength: 80 });
    fc.assert(
      fc.property(fc.uniqueArray(anchor, { minLength: 1, maxLength: 6 }), text, (anchors, haystack) => {
        const expected = anchors.flatMap((one) =>
          haystack
            .split("")
            .flatMap((_, offset) => (haystack.startsWith(one, offset) ? [`${offset} ${one}`] : [])),
        );
        expect([...found(anchors, haystack)].sort()).toEqual(expected.sort());
        expect(new AnchorSearch(anchors).standsIn(haystack)).toBe(expected.length > 0);
      }),
    );
  });

  test("characters beyond Latin-1 are no anchor's, and hide none", () => {
    expect(new AnchorSearch(["\xffa"]).standsIn("\u{20ac}a")).toBe(false);
    expect(new AnchorSearch(["abc"]).standsIn("\u{1f600}é€abc")).toBe(true);
  });
});
