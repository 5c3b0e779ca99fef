import { describe, expect, test } from "vitest";
import type { SettingsForm } from "./settings-form.ts";
import type { ValuePlace } from "./value-place.ts";
import { valueRange } from "./value-range.ts";

/** The value that begins behind `@`. */
function value(form: SettingsForm, marked: string, where?: ValuePlace["in"]): string | undefined {
  const at = marked.indexOf("@");
  const text = marked.slice(0, at) + marked.slice(at + 1);
  const range = valueRange(text, where === undefined ? { at } : { at, in: where }, form);
  return range === undefined ? undefined : text.slice(...range);
}

const FORMS: readonly SettingsForm[] = ["lines", "json", "xml", "code", "notation", "shell", "sql"];

describe("in quotes", () => {
  test.each([
    ['a=@"b c" d', "b c"],
    ["a=@'b # c'", "b # c"],
    ['a=@""', ""],
    ['a=@"b\\"c" d', 'b\\"c'],
    ['a=@"b\\\\" c"', "b\\\\"],
    ['a=@\\"b\\" c"', "b"],
    ['a=@\\\\\\"b"c\\" d\\\\\\"', 'b"c\\" d'],
    ['a=@"b\nc"', undefined],
    ['a=@"b', undefined],
  ])("%j", (text, expected) => {
    for (const form of FORMS) expect([form, value(form, text)]).toEqual([form, expected]);
  });

  test("a long value ends somewhere", () => {
    expect(value("json", `@"${"x".repeat(8_192)}"`)).toHaveLength(8_192);
    expect(value("json", `@"${"x".repeat(8_193)}"`)).toBeUndefined();
  });

  test.each(["b", "B", "u", "U", "r", "R", "N", "rb", "bR"])("code may have %s before them", (letters) => {
    expect(value("code", `a = @${letters}"b c"`)).toBe("b c");
    expect(value("notation", `a = @${letters}'b c'`)).toBe("b c");
    expect(value("sql", `a = @${letters}'b c'`)).toBe("b c");
    expect(value("json", `a = @${letters}"b c"`)).toBeUndefined();
    expect(value("lines", `a = @${letters}"b c"`)).toBe(`${letters}"b c"`);
  });

  test("code may have backquotes, a shell runs what is in them", () => {
    expect(value("code", "a = @`b c`")).toBe("b c");
    expect(value("shell", "a=@`b c`")).toBeUndefined();
    expect(value("lines", "a: @`b c`")).toBe("`b c`");
  });

  test.each(["code", "notation", "sql", "xml", "json"] as const)("%s has none without", (form) => {
    expect(value(form, "a = @b")).toBeUndefined();
  });
});

describe("in a line", () => {
  test.each([
    ["a: @b c", "b c"],
    ["a: @b c\nd", "b c"],
    ["a: @b c\r\nd", "b c"],
    ["a: @b # c", "b"],
    ["a: @b#c", "b#c"],
    ["a: @b ; ", "b"],
    ["a: @b,", "b"],
    ["{a: @b, c: d}", "b"],
    ["{a: @b }", "b"],
    ["[a: @b]", "b"],
    ["a: @b {c}", "b {c}"],
    ["a: @&b c", "c"],
    ["a: @&b-1\t!!str 'c'", "c"],
    ["a: @!!str c", "c"],
    ["a: @|\n  b\n  c", "b"],
    ["a: @>-\r\n\tb", "b"],
    ["a: @|+2 \t\n  b", "b"],
    ["a: @| b", "| b"],
    ["a: @*b", undefined],
    ["a: @!b c", undefined],
    ["a: @# b", undefined],
    ['"a=@;"', undefined],
    ["a: @;b", ";b"],
    ["a: @", undefined],
    ["a: @  \nb", undefined],
    ["a: @b*c!", "b*c!"],
  ])("%j", (text, expected) => {
    expect(value("lines", text)).toBe(expected);
  });

  test("a long line ends somewhere", () => {
    expect(value("lines", `a: @${"x".repeat(9_000)}`)).toHaveLength(8_192);
  });
});

describe("in an element", () => {
  test.each([
    ["<a>@b</a>", "b"],
    ["<a>@\n  b c\n</a>", "b c"],
    ["<a>@<![CDATA[b</c]]></a>", "b</c"],
    ["<a>@<![CDATA[ b ]]></a>", "b"],
    ["<a>@</a>", ""],
    ["<a>@b", undefined],
    ["<a>@<![CDATA[b</a>", undefined],
  ])("%j", (text, expected) => {
    expect(value("xml", text, "tag")).toBe(expected);
  });

  test("as long as other values", () => {
    expect(value("xml", `<a>@${"x".repeat(8_191)}</a>`, "tag")).toHaveLength(8_191);
    expect(value("xml", `<a>@${"x".repeat(8_192)}</a>`, "tag")).toBeUndefined();
  });
});

describe("without quotes", () => {
  test.each([
    ["json", "@12345,", undefined, "12345"],
    ["json", "@1234}", undefined, "1234"],
    ["json", "@1234]", undefined, "1234"],
    ["json", "@1234 ", undefined, "1234"],
    ["json", "@123,", undefined, undefined],
    ["json", "@12345x", undefined, undefined],
    ["json", "@true,", undefined, undefined],
    ["shell", "a=@b;c", undefined, "b"],
    ["shell", "a=@b,c\\d", undefined, "b,c\\d"],
    ["shell", "a=@", undefined, undefined],
    ["lines", "a=@b,c d=e", "inline", "b"],
    ["lines", 'a=@"b c" d=e', "inline", "b c"],
    ["json", '"a=@b\\n"', "inline", "b"],
    ["lines", "a @b,c\\d;", "alone", "b,c\\d"],
    ["lines", "a @'b c'", "alone", "b c"],
    ["lines", "a @b'c", "alone", "b"],
  ] as const)("%s: %j", (form, text, where, expected) => {
    expect(value(form, text, where)).toBe(expected);
  });

  test.each([" ", ";", "&", "|", ")", "<", ">", "`", '"', "'"])("a shell's ends at %j", (end) => {
    expect(value("shell", `a=@b${end}c`)).toBe("b");
    expect(value("lines", `a=@b${end}c`, "inline")).toBe("b");
  });
});
