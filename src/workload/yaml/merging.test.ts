import { describe, expect, test } from "vitest";
import { compose } from "./compose.ts";
import { COMPOSE, type Dialect, KUBERNETES, SETTINGS } from "./dialect.ts";
import { parse } from "./parse.ts";

// COMPOSE as https://yaml.org/type/merge.html asks: a merged key is inserted unless the mapping has it already.

const value = (text: string, dialect: Dialect): unknown => compose(text, parse(text), { dialect })[0]?.value;

const BASE = "base: &base {a: merged, b: merged}\n";

describe("a merge key beside an explicit key of the same name", () => {
  test.each<[string, string, string]>([
    ["before it", "<<: *base\n  a: own", "own"],
    ["after it", "a: own\n  <<: *base", "merged"],
  ])(
    "%s: manifests by position, Compose files by the explicit key, settings not at all",
    (_, lines, last) => {
      const text = `${BASE}x:\n  ${lines}\n`;
      expect(value(text, KUBERNETES)).toMatchObject({ x: { a: last, b: "merged" } });
      expect(value(text, COMPOSE)).toMatchObject({ x: { a: "own", b: "merged" } });
      expect(() => value(text, SETTINGS)).toThrow('the key "a" is set here and by `<<`');
    },
  );

  test("in a list of sources, the first counts among them", () => {
    const text = `${BASE}x:\n  a: own\n  <<: [{b: first}, *base]\n`;
    expect(value(text, COMPOSE)).toMatchObject({ x: { a: "own", b: "first" } });
    expect(() => value(text, SETTINGS)).toThrow("is set here and by `<<`");
  });
});

test("settings may merge what they do not set themselves, once", () => {
  expect(value(`${BASE}x:\n  <<: *base\n  c: own\n`, SETTINGS)).toMatchObject({
    x: { a: "merged", b: "merged", c: "own" },
  });
  expect(() => value(`${BASE}x:\n  <<: *base\n  <<: {c: d}\n`, SETTINGS)).toThrow('"<<" is set twice');
});

test.each([KUBERNETES, COMPOSE, SETTINGS])("a key that is set twice is refused", (dialect) => {
  expect(() => value("a: 1\na: 2\n", dialect)).toThrow('"a" is set twice');
  expect(() => value("<<: {b: 1}\na: 1\na: 2\n", dialect)).toThrow('"a" is set twice');
});
