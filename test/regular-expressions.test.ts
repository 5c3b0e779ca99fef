import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { ROOT, SOURCES } from "./fixtures/imports.ts";
import { superLinear } from "./fixtures/regular-expressions/super-linear.ts";
import { writtenIn } from "./fixtures/regular-expressions/written.ts";

const WRITTEN = SOURCES.flatMap(writtenIn);
const COMPOSED = WRITTEN.filter(({ literal }) => literal === undefined);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test("no regular expression takes more than linear time, whatever the text", () => {
  const found = WRITTEN.flatMap(({ file, line, literal }) => {
    const slow = literal && superLinear(literal.pattern, literal.flags);
    return slow === undefined ? [] : [`${file}:${line} /${literal?.pattern}/${literal?.flags}: ${slow}`];
  });
  expect(WRITTEN.length).toBeGreaterThan(600);
  expect(found).toEqual([]);
});

test("one that is made of parts is made while its module loads, where the next test sees it", () => {
  const late = COMPOSED.filter(({ onLoad }) => !onLoad);
  expect(late.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});

test.each([...new Set(COMPOSED.map(({ file }) => file))])(
  "nor does one that %s makes of parts",
  async (file) => {
    const made: string[] = [];
    const Original = RegExp;
    vi.stubGlobal(
      "RegExp",
      class extends Original {
        constructor(source: string | RegExp, flags?: string) {
          super(source, flags);
          if (new Error().stack?.includes(file) === true) made.push(String(this));
        }
      },
    );
    await import(join(ROOT, file));
    expect(made.length).toBeGreaterThanOrEqual(COMPOSED.filter((one) => one.file === file).length);
    const slow = made.map((text) => {
      const end = text.lastIndexOf("/");
      return [text, superLinear(text.slice(1, end), text.slice(end + 1))];
    });
    expect(slow.filter(([, why]) => why !== undefined)).toEqual([]);
  },
);

test.each([
  /(a+)+b/,
  /(?:a|a)*b/,
  /(?:a*)*b/,
  /(?:a|b|ab)*c/,
  /^(\w+\s?)*$/,
  /^(?:a{1,5})*b/,
  /a*a*b/,
  /^a*a*b/,
  /^-[a-z]*c[a-z]*$/,
  /^a{0,2000}a{0,2000}$/,
  /\s+$/,
  /^\s*pid/m,
  /[a-z]+\b/,
  /(.*)x/,
  /x*y|z/,
  /"a.*b/,
  /Did you mean (.+)\?/,
  /(?:(?!-->)[^])*-->/,
  /<!--(?:(?!-->)[^])*-->/,
  /^[^]*?x[^]*?y$/,
  /(?=a*b)a*c/,
  /(\w)\1*x/,
  /(?<=a+)b/,
])("the analyser finds that %s is slow", (slow) => {
  expect(superLinear(slow.source, slow.flags)).toBeTypeOf("string");
});

test.each([
  /^a*b*c/,
  /^(?:a|ab)*c/,
  /(?:a?){3}b/,
  /^\s+$/,
  /x+/g,
  /^(.*)x/,
  /^(?:[^,]*,)*x$/,
  /(?<!\d)\d+x/,
  /(?<![\w.])[\w.]+@/,
  /"[^"]*"/g,
  /\bfoo\w*\b/,
  /:[^]*$/,
  /^CMD\s+([^]*)$/i,
  /<!--(?:(?!<!--)[^])*-->/,
  /^(?=.*\d)(?=.*[a-z]).{8,}$/,
  /^(?:\/[a-z]+(?:-[a-z]+)*)*$/,
])("the analyser lets %s through", (linear) => {
  expect(superLinear(linear.source, linear.flags)).toBeUndefined();
});
