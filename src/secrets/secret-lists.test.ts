import { describe, expect, test } from "vitest";
import { listedValues, secretOfList, sectionValues } from "./secret-lists.ts";
import type { SettingsForm } from "./settings-form.ts";

/** Values found after `@`, as `key=value`, or the value alone. */
function listed(text: string, form: SettingsForm = "lines") {
  const at = text.indexOf("@");
  const plain = text.replace("@", " ");
  return listedValues(plain, at, form).map(({ key, range }) => shown(plain, key, range));
}

function section(text: string) {
  return sectionValues(text, 0).map(({ key, range }) => shown(text, key, range));
}

function shown(text: string, key: string | undefined, range: readonly [number, number]) {
  const value = text.slice(...range);
  return key === undefined ? value : `${key}=${value}`;
}

test.each([
  ["passwords", "password"],
  ["API_TOKENS", "API_TOKEN"],
  ["dbPassword", "dbPassword"],
  ["credentials", "credential"],
  ["hosts", undefined],
  ["spasswordx", undefined],
])("a list called %s is one of %s", (name, one) => {
  expect(secretOfList(name)).toBe(one);
});

describe("in brackets", () => {
  test.each([
    ["a:@[b, c]", ["b", "c"]],
    ["a:@[]", []],
    ["a:@[b]", ["b"]],
    ["a:@[\"b c\", 'd']", ["b c", "d"]],
    ["a:@ \n [\n  b,\n  c\n]", ["b", "c"]],
    ["a:@[b, [c]]", ["b"]],
    ["a:@[b", []],
    ["a:@[b] [c]", ["b"]],
    ["a:@{\"b\": \"c\", 'd' : 'e'}", ["b=c", "d=e"]],
    ['a:@{"b/c@d e.f-g": "h"}', ["b/c@d e.f-g=h"]],
    ["a:@{b: c}", []],
    ['a:@{"b": 1, "c": "d"}', ["c=d"]],
    ['a:@{"b": "c", "d": {"e": "f"}}', ["b=c"]],
    ['a:@{"b": "c"', []],
    ['a:@{"b": "c\\"d"}', []],
    ["a:@[ b , c ]", ["b", "c"]],
    ['a:@[b "c", d]', ["d"]],
    ["a:@x [b]", []],
    ['a:@x "b": "c" {', []],
  ])("%j: %j", (text, expected) => {
    expect(listed(text)).toEqual(expected);
    expect(listed(text, "json")).toEqual(expected);
  });

  test("but a shell's are none", () => {
    expect(listed("a=@[b, c]", "shell")).toEqual([]);
  });

  test("a hundred at most, within some thousand characters", () => {
    expect(listed(`a:@[${"b,".repeat(150)}]`)).toHaveLength(100);
    expect(listed(`a:@[${" ".repeat(9_000)}b]`)).toEqual([]);
  });
});

describe("on the lines below a name", () => {
  test.each([
    ["a:@\n  - b\n  - c\n", ["b", "c"]],
    ["a:@\n- b\n- c\nd: e\n", ["b", "c"]],
    ["  a:@\n  - b\n  d: e\n", ["b"]],
    ["a:@\n  b: c\n  d: e\nf: g\n", ["b=c", "d=e"]],
    ["a:@ # why\n  b: c\n", ["b=c"]],
    ["a:@\r\n  b: c\r\n  d: e\r\n", ["b=c", "d=e"]],
    ["a:@\t\n\n  b: c\n\n  d: e\n", ["b=c", "d=e"]],
    ["a:@\n  b: \"c d\"\n  'e': 'f'\n", ["b=c d", "e=f"]],
    ["a:@\n  b:\n    c: d\n  e: f\n", ["e=f"]],
    ["a:@\n  b@c.d-e: f\n", ["b@c.d-e=f"]],
    ["a:@\n  b: c # d\n", ["b=c"]],
    ["a:@\n  b: c d \n", ["b=c d"]],
    ["a:@\n  b\n", ["b"]],
    ["a:@\n  -   b\n", ["b"]],
    ["a:@\n\tb: c\n", ["b=c"]],
    ["a:@\r\n  b:\r\n    c: d\r\n", []],
    ["a:@\n  # why\n  - b\n# and\n  - c\n", ["b", "c"]],
    ["a:@\n  - '#b'\n  - \"*c\" # d\n", ["#b", "*c"]],
    ["a:@\n  b : c\n  d:  e\n", ["b=c", "d=e"]],
    ["a:@\n  'b':\n    c: d\n  \"e\" :\n    f: g\n", []],
    ["a:@\n  b:c\n", ["b:c"]],
    ["a:@\n  !x b: c\n  d: e\n", ["d=e"]],
    ["x:\n  a:@\n  b: c\n", []],
    ["a:@\nb: c\n", []],
    ["  a:@\nb: c\n", []],
    ["a:@\n  - b: c\n", []],
    ["a:@\n  # b: c\n", []],
    ["a:@\n  b: *c\n  d : *e\n", []],
    ["a:@\n  b: !c d\n", []],
    ["a:@\n  b: |\n    c\n", []],
    ["a:@\n  b: {c: d}\n", []],
    ["a:@ x\n  b: c\n", []],
    ["a:@", []],
  ])("%j: %j", (text, expected) => {
    expect(listed(text)).toEqual(expected);
  });

  test("a hundred lines at most, of a file of lines", () => {
    expect(listed(`a:@\n${"  - b\n".repeat(150)}`)).toHaveLength(100);
    expect(listed("a:@\n  b: c\n", "code")).toEqual([]);
  });
});

describe("of a section", () => {
  test.each([
    ["\na=b\nc = d\n", ["a=b", "c=d"]],
    ["\n\ta: b\n", ["a=b"]],
    ["\n'a' = 'b'\n\"c\" = \"d\"\n", ["a=b", "c=d"]],
    ["\na@b.c-d=e\n", ["a@b.c-d=e"]],
    ["\na=b;c\nd=e # f\n", ["a=b", "d=e"]],
    ["\na=b\n[c]\nd=e\n", ["a=b"]],
    ["\na=b\n  [c]\nd=e\n", ["a=b"]],
    ["\na=b[c]\nd=e\n", ["a=b[c]", "d=e"]],
    ["\n# a=b\n; c=d\ne\nf=\n", []],
    ["", []],
  ])("%j: %j", (text, expected) => {
    expect(section(text)).toEqual(expected);
  });

  test("a hundred at most, within some thousand characters", () => {
    expect(section(`\na=b${" ".repeat(9_000)}\nc=d`)).toEqual(["a=b"]);
    expect(section("\na=b".repeat(150))).toHaveLength(100);
  });
});
