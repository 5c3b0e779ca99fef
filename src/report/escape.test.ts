import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  escapeMarkup,
  htmlProse,
  jsonText,
  logLine,
  markdownCell,
  markdownCode,
  markdownProse,
  messageText,
  visible,
} from "./escape.ts";

const HOSTILE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{FFFE}\u{FFFF}]/u;
const anyText = fc.string({ unit: "binary" });

test.each([
  ["[click](https://evil.example)", "[click\\u005d(https://evil.example)"],
  ["[a](1) and [b](2)", "[a\\u005d(1) and [b\\u005d(2)"],
  ["\u001b[x](y)", "\\u001b[x\\u005d(y)"],
  ["spec.containers[0] (web), a [note]", "spec.containers[0] (web), a [note]"],
])("a message of SARIF holds no link: %j", (text, expected) => {
  expect(messageText(text)).toBe(expected);
});

describe("visible", () => {
  test.each([
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u001b[2J\u0000\u007f\u009b", "\\u001b[2J\\u0000\\u007f\\u009b"],
    ["\u202egnp.exe\u2066\u200f\u061c", "\\u202egnp.exe\\u2066\\u200f\\u061c"],
    ["zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"],
    ["\u2028\u2029\ufffe\uffff", "\\u2028\\u2029\\ufffe\\uffff"],
    ["\ud800 alone", "\\ud800 alone"],
    ["\u{e0041}", "\\udb40\\udc41"],
    ["a ##[command] ###[x]", "a \\u0023#[command] #\\u0023#[x]"],
    ["d'accord : 設定 🙂 é", "d'accord : 設定 🙂 é"],
  ])("%j is written %j", (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test("lets nothing hostile through, whatever comes", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(text)).not.toMatch(HOSTILE);
      }),
    );
  });
});

test.each([
  ["::error::x", "\\u003a:error::x"],
  ["  ::add-mask::x", "  \\u003a:add-mask::x"],
  ["listens on ::", "listens on ::"],
  ["::1", "::1"],
])("the line %j is written %j to a log", (line, expected) => {
  expect(logLine(line)).toBe(expected);
});

describe("jsonText", () => {
  test("is harmless to print and exact to parse", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const printed = jsonText({ text });
        expect(JSON.parse(printed)).toEqual({ text });
        expect(printed.replaceAll("\n", "")).not.toMatch(HOSTILE);
      }),
    );
  });
});

describe("escapeMarkup", () => {
  test("leaves no character that begins or ends markup", () => {
    expect(escapeMarkup(`<a href="x" title='y'>&\u0000`)).toBe(
      "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;\\u0000",
    );
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeMarkup(text)).not.toMatch(/[<>"']/);
      }),
    );
  });

  test("what a sentence quotes is code in HTML, and still escaped", () => {
    expect(htmlProse("Write `USER <1000>` there.")).toBe("Write <code>USER &lt;1000&gt;</code> there.");
    expect(htmlProse("a`b`c `` d")).toBe("a`b`c `` d");
  });
});

describe("markdownCode", () => {
  test.each([
    ["a|b", "`a|b`"],
    ["", "`  `"],
    ["`", "`` ` ``"],
    ["a``b`c", "```a``b`c```"],
    [" padded ", "`  padded  `"],
  ])("%j is written %j", (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  test("no run of backticks inside is as long as the fence", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", " ") }), (text) => {
        const span = markdownCode(text);
        const fence = /^`+/.exec(span)?.[0].length ?? 0;
        const inner = span.slice(fence, -fence);
        for (const run of inner.match(/`+/g) ?? []) expect(run.length).toBeLessThan(fence);
      }),
    );
  });
});

describe("markdownProse", () => {
  test.each([
    [
      "L'image n'est pas lue : voir « USER 1000 », ligne 7.",
      "L'image n'est pas lue : voir « USER 1000 », ligne 7.",
    ],
    ["Write `USER 1000`, then go on.", "Write `USER 1000`, then go on."],
    ["see /etc/passwd now", "see `/etc/passwd` now"],
    ["ask @team or #12, !3, GH-7", "ask `@team` or `#12`, `!3`, `GH-7`"],
    [
      "www.evil.example http://evil.example a@evil.example",
      "`www.evil.example http://evil.example a@evil.example`",
    ],
    ["*bold* _it_ ~~no~~ [x](y) ![z](w) :tada:", "`*bold* _it_ ~~no~~ [x](y) ![z](w) :tada:`"],
    ["<img src=x> </details> &lt; a|b", "`<img src=x> </details> &lt; a|b`"],
    ["Remove /app/.env. Then", "Remove `/app/.env`. Then"],
    ["...", "`.`.."],
    ["- item", "`-` item"],
    ["1. item", "`1`. item"],
    ["on line 1. Then", "on line 1. Then"],
    ["# title", "`#` title"],
    ["x`y`z `a`b", "``x`y`z `a`b``"],
    ["\u001b[31m", "`\\u001b[31m`"],
    ["in web (deploy/web.yaml:3), too", "in web (`deploy/web.yaml:3`), too"],
    ["Run: helm template c | douane check -f -", "Run: `helm template c | douane check -f -`"],
    ["to find out: douane check IMAGE.", "to find out: `douane check IMAGE`."],
    ["a name: douane `x`", "a name: douane `x`"],
    ["a\nb", "`a\\nb`"],
  ])("%j is written %j", (text, expected) => {
    expect(markdownProse(text)).toBe(expected);
  });

  test("outside code spans, nothing is left that a renderer would interpret", () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...Array.from("`@#<>[]()*_|!:. a1-")) })),
        (text) => {
          const outside = markdownProse(text).replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/gs, "");
          expect(outside).not.toMatch(/[`@#<>[\]*_|~\\/$%&=+{}^]|\w[.:]\w/);
        },
      ),
    );
  });
});

test("a cell of a table has no bar of its own", () => {
  expect(markdownCell("a|b \\| c")).toBe("`a\\u007cb \\\\u007c c`");
});

test.each([
  ["Écrire « USER 1000 ».", "Écrire « USER 1000 »."],
  ["Ajouter « a: { b: 1 } » ici", "Ajouter « `a: { b: 1 }` » ici"],
  ["x_y « a`b », puis", "`x_y` « ``a`b`` », puis"],
])("what guillemets quote in %j is %j in Markdown", (text, expected) => {
  expect(markdownProse(text)).toBe(expected);
});
