import { describe, expect, test } from "vitest";
import { nearest, suggestion } from "./nearest.ts";

describe("the nearest word", () => {
  test.each([
    ["chekc", ["check", "schema"], "check"],
    ["Check", ["check"], "check"],
    ["enforcefuture", ["enforceFuture", "failOn"], "enforceFuture"],
    ["1.1-image-usr", ["1.1-image-user", "1.1-setuid"], "1.1-image-user"],
    ["xyz", ["check"], undefined],
    ["", ["check"], undefined],
    ["a".repeat(10_000), ["check"], undefined],
  ])("of %j among %j is %j", (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

test("a suggestion lists everything when nothing is near", () => {
  expect(suggestion("xyz", ["json", "html"])).toEqual({
    fr: "Possibles : json, html.",
    en: "Possible: json, html.",
  });
});
