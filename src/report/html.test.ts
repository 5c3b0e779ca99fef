import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import {
  ADMITTED,
  HOSTILE,
  IMAGE_ALONE,
  PROBLEMS,
  REFUSED,
  RULE_WORDS,
  UNPROVEN,
} from "../../test/fixtures/verdicts.ts";
import { SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import { LANGS } from "../contract/text.ts";
import { html } from "./html.ts";
import { SCRIPT } from "./html-script.ts";
import { STYLE } from "./html-style.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;
const INPUT = { verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED], errors: PROBLEMS, skipped: SKIPPED };
const text = reportText(html, INPUT, OPTIONS);

const TAGS =
  "a article body br button code dd details div dl dt fieldset footer form h1 h2 h3 h4 head header html input label legend li main meta option p rect script section select span style summary svg table tbody td template th thead title tr ul";

describe("safety", () => {
  test("the policy allows the one style sheet, the one script and nothing else", () => {
    const [style, script] = ["style", "script"].map((name) => {
      const [, ...found] = text.split(new RegExp(`<${name}>|</${name}>`));
      expect(found).toHaveLength(2);
      return createHash("sha256")
        .update(found[0] ?? "")
        .digest("base64");
    });
    expect(text).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${style}'; script-src 'sha256-${script}'; base-uri 'none'; form-action 'none'">`,
    );
  });

  test("the script writes no markup, keeps nothing and speaks to nobody", () => {
    expect(SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|eval|fetch|XMLHttp|localStorage|cookie|import/,
    );
    expect(SCRIPT).not.toContain("</");
  });

  test("every tag is one that the report writes, and no attribute loads or runs anything", () => {
    const tags = new Set([...text.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag));
    expect(tags).toEqual(new Set(TAGS.split(" ")));
    for (const [attribute] of text.matchAll(/\s(?:href|src|srcset|style|action|on\w+)="[^"]*"/g)) {
      expect(attribute).toMatch(/^\shref="#[a-z0-9.-]+"$/);
    }
    expect(STYLE).not.toMatch(/url\(|@import/);
  });

  test("a hostile name is text wherever a name stands", () => {
    const subject = {
      name: HOSTILE,
      team: HOSTILE,
      images: [{ container: HOSTILE, reference: HOSTILE, platform: HOSTILE }],
      workload: {
        at: { in: "file" as const, file: HOSTILE, document: 0, line: 1 },
        kind: HOSTILE,
        namespace: HOSTILE,
        name: HOSTILE,
      },
    };
    const hostile = reportText(
      html,
      { verdicts: [{ ...REFUSED, subject }, UNPROVEN], errors: [], skipped: [] },
      OPTIONS,
    );
    expect(hostile.match(/<script/g)).toHaveLength(1);
    expect(hostile).not.toContain("</details> &");
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
    expect(text.match(/<th scope="row"/g)).toHaveLength(INPUT.verdicts.length);
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

describe("what it says", () => {
  const ABOUT = { date: "2026-06-15T12:00:00.000Z", command: "douane check <x>" };

  test("when it was made, by which command and by which policy", () => {
    const about = { ...ABOUT, policy: "policy.yaml" };
    const made = reportText(html, { verdicts: [ADMITTED] }, { ...OPTIONS, about });
    expect(made).toContain('<time datetime="2026-06-15T12:00:00.000Z">2026-06-15 12:00 UTC</time>');
    expect(made).toContain("<code>douane check &lt;x&gt;</code>");
    expect(made).toContain("<dt>Policy</dt><dd><code>policy.yaml</code></dd>");
    const without = reportText(html, { verdicts: [ADMITTED] }, { ...OPTIONS, about: ABOUT });
    expect(without).toContain("<dt>Policy</dt><dd>none: the contract alone</dd>");
  });

  test.each([
    [[ADMITTED], "may enter the platform."],
    [[REFUSED], "At least one requirement of the contract is not met"],
    [[UNPROVEN], "Nothing is refused, but not everything is proven"],
    [
      [REFUSED, REFUSED],
      "None of the 2 applications may enter the platform. First cause of refusal (2 applications): USER app is",
    ],
    [[REFUSED, ADMITTED], "1 of 2 applications may enter the platform. First cause of refusal: USER app is"],
    [[], '<p class="lead"></p>'],
  ])("the verdict in a paragraph (%#)", (verdicts, words) => {
    expect(reportText(html, { verdicts }, OPTIONS)).toContain(words);
  });

  test.each([
    [[ADMITTED, ADMITTED, REFUSED], "2 applications sur 3 peuvent entrer sur la plateforme."],
    [[ADMITTED, REFUSED], "1 application sur 2 peut entrer sur la plateforme."],
  ])("in French with its plural (%#)", (verdicts, words) => {
    expect(reportText(html, { verdicts }, { ...OPTIONS, lang: "fr" })).toContain(words);
  });

  test.each([
    [PROBLEMS.slice(0, 1), "1 source could not be read, and so was not judged."],
    [PROBLEMS, `${PROBLEMS.length} sources could not be read, and so were not judged.`],
  ])("what could not be read (%#)", (errors, words) => {
    expect(reportText(html, { verdicts: [], errors }, OPTIONS)).toContain(words);
    const french = reportText(html, { verdicts: [], errors }, { ...OPTIONS, lang: "fr" });
    expect(french).toMatch(/n&#39;(?:a|ont) pas pu être lues?, et n/);
  });

  test("the refused stand first, in the table and below it", () => {
    const both = reportText(html, { verdicts: [ADMITTED, REFUSED] }, OPTIONS);
    const links = [...both.matchAll(/<th scope="row"><a href="#(s\d)"/g)].map(([, id]) => id);
    const sections = [...both.matchAll(/<h2 id="(s\d)"/g)].map(([, id]) => id);
    expect([links, sections]).toEqual([
      ["s2", "s1"],
      ["s2", "s1"],
    ]);
  });

  test("rules lead to what they say", () => {
    const ruled = reportText(html, { verdicts: [REFUSED] }, { ...OPTIONS, rules: RULE_WORDS });
    expect(ruled).toContain('<a href="#rule-1.1-image-user">1.1-image-user</a>');
    expect(ruled).toContain(
      '<dt id="rule-1.1-image-user"><code>1.1-image-user</code> Title of 1.1-image-user</dt>',
    );
    expect(ruled).not.toContain('id="rule-1.1-file-capabilities"');
  });

  test("so many applications are told shortly, all in the table, and that is said", () => {
    const accepting = WORKLOADS.slice(0, 3);
    const verdicts = Array.from({ length: 20 }, () => [...accepting, ADMITTED]).flat();
    const told = reportText(html, { verdicts }, OPTIONS);
    expect(told.match(/<section class="application"/g)).toHaveLength(80);
    expect(told.match(/<tr class="/g)).toHaveLength(80);
    expect(told).toContain("gives remedies once");
    expect(told).not.toContain('class="fingerprint"');
    expect(told).not.toContain('<li class="proof"');
  });

  test("of the causes some are seen at once, more when asked, the others are counted", () => {
    const [row, ...rows] = REFUSED.rows;
    const [finding] = row?.findings ?? [];
    if (row === undefined || finding === undefined) throw new Error("no finding");
    const findings = Array.from({ length: 70 }, (_, index) => ({
      ...finding,
      rule: `1.1-rule-${index}` as const,
      message: { fr: `constat ${index}`, en: `finding ${index} ${"x".repeat(100)}` },
      fingerprint: `1.1-rule-${index}`,
    }));
    const many = { ...REFUSED, rows: [{ ...row, findings }, ...rows] };
    const told = reportText(html, { verdicts: Array.from({ length: 60 }, () => many) }, OPTIONS);
    expect(told.match(/<li class="cause no"/g)).toHaveLength(60);
    expect(told).toMatch(/<summary>… and \d+ more<\/summary>/);
    expect(told).toContain('<li class="more">… and 10 more</li>');
    expect(told).toMatch(/<option value="0">finding 0 x+…<\/option>/);
  });

  test("a finding of many places has its first fingerprints", () => {
    const [row, ...rows] = REFUSED.rows;
    const [finding] = row?.findings ?? [];
    if (row === undefined || finding === undefined) throw new Error("no finding");
    const findings = Array.from({ length: 9 }, (_, index) => ({
      ...finding,
      container: `c${index}`,
      fingerprint: `1.1-image-user:${index}`,
    }));
    const told = reportText(
      html,
      { verdicts: [{ ...REFUSED, rows: [{ ...row, findings }, ...rows] }] },
      OPTIONS,
    );
    expect(told).toContain('<code class="fingerprint">1.1-image-user:4</code> …');
  });

  test("a local image has its id", () => {
    const imageId = `sha256:${"a".repeat(64)}` as const;
    const subject = { ...ADMITTED.subject, images: [{ container: "web", reference: "x", imageId }] };
    const verdict = { ...ADMITTED, subject };
    expect(reportText(html, { verdicts: [verdict] }, OPTIONS)).toContain(`<dd><code>${imageId}</code></dd>`);
    expect(reportText(html, { verdicts: [verdict, verdict] }, OPTIONS)).toContain(
      `web: x · image id ${imageId}`,
    );
  });
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
