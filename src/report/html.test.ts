import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, HOSTILE, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { SKIPPED } from "../../test/fixtures/workload-verdicts.ts";
import { LANGS } from "../contract/text.ts";
import { html } from "./html.ts";
import { STYLE } from "./html-style.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;
const INPUT = { verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED], errors: PROBLEMS, skipped: SKIPPED };
const text = reportText(html, INPUT, OPTIONS);

describe("safety", () => {
  test("the policy allows the one style sheet and nothing else", () => {
    const [, style = ""] = /<style>([^]*?)<\/style>/.exec(text) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(text).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">`,
    );
  });

  test("every tag is one that the report writes, and no attribute loads or runs anything", () => {
    const tags = new Set([...text.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag));
    expect(tags).toEqual(
      new Set(
        "a article body br code details div footer h1 h2 h3 h4 head header html li main meta p section span style summary table tbody td th thead title tr ul".split(
          " ",
        ),
      ),
    );
    for (const [attribute] of text.matchAll(/\s(?:href|src|srcset|style|on\w+)="[^"]*"/g)) {
      expect(attribute).toMatch(/^\shref="#s\d+(?:-[a-z-]+)?"$/);
    }
    expect(STYLE).not.toMatch(/url\(|@import/);
  });

  test("a hostile name is text wherever a name stands", () => {
    const subject = {
      name: HOSTILE,
      team: HOSTILE,
      images: [{ container: HOSTILE, reference: HOSTILE, platform: HOSTILE }],
      workload: { file: HOSTILE, line: 1, kind: HOSTILE, namespace: HOSTILE, name: HOSTILE },
    };
    const hostile = reportText(
      html,
      { verdicts: [{ ...REFUSED, subject }, UNPROVEN], errors: [], skipped: [] },
      OPTIONS,
    );
    expect(hostile).not.toContain("<script");
    expect(hostile).not.toContain("</details>");
    expect(hostile).toContain("&lt;script&gt;alert(1)&lt;/script&gt;\\u001b[31m");
  });
});

describe("accessibility", () => {
  test.each(LANGS)("the language is named: %s", (lang) => {
    expect(reportText(html, INPUT, { ...OPTIONS, lang })).toContain(`<html lang="${lang}">`);
  });

  test("every link leads to something on the page, and no id occurs twice", () => {
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  test("headings descend one level at a time", () => {
    let level = 0;
    for (const [, next] of text.matchAll(/<h(\d)/g)) {
      expect(Number(next)).toBeLessThanOrEqual(level + 1);
      level = Number(next);
    }
  });

  test("every cell of a table has its header", () => {
    expect(text).not.toMatch(/<th>/);
    expect(text.match(/<th scope="rowgroup"/g)).toHaveLength(3 * INPUT.verdicts.length);
  });

  const palettes = [
    ...STYLE.matchAll(/color-scheme: (?:light dark|light);([^}]*)|dark\) \{ :root \{([^}]*)/g),
  ].map(
    ([, light, dark]) =>
      new Map(
        [...(light ?? dark ?? "").matchAll(/--(\w+): (#\w{6})/g)].map(([, name, color]) => [name, color]),
      ),
  );

  test("there are three palettes: light, dark and printed", () => {
    expect(palettes).toHaveLength(3);
  });

  test.each(["ink", "soft", "no", "unproven", "yes", "na"])(
    "%s stands out from every ground (WCAG AA)",
    (name) => {
      for (const palette of palettes) {
        for (const ground of ["page", "card", "code"]) {
          expect(
            contrast(palette.get(name), palette.get(ground)),
            `${name} on ${ground}`,
          ).toBeGreaterThanOrEqual(4.5);
        }
      }
    },
  );
});

/** WCAG 2.2's contrast ratio of two colours. */
function contrast(a = "", b = ""): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
