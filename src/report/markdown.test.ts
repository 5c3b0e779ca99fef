import { describe, expect, test } from "vitest";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { LANGS } from "../contract/text.ts";
import { markdown } from "./markdown.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;
const INPUT = { verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED], errors: PROBLEMS };

/** What a renderer interprets: all but the code spans. */
function outsideCode(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, "");
}

describe("hostile values", () => {
  test("stay in code spans: no markup, link, mention or reference of theirs is left", () => {
    for (const lang of LANGS) {
      const text = outsideCode(markdown(INPUT, { ...OPTIONS, lang }));
      expect(text).not.toMatch(/[`@[\]_~\\]|https?:|www\.|\w#|#\d/);
      expect(text.replaceAll(/<\/?details>|<\/?summary>/g, "")).not.toMatch(/[<>]/);
    }
  });

  test("open and close no block: as many folds open as close", () => {
    const text = outsideCode(markdown(INPUT, OPTIONS));
    expect(text.match(/^<details><summary>/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
  });
});

describe("size", () => {
  const many = {
    verdicts: Array.from({ length: 60 }, () => REFUSED),
    errors: Array.from({ length: 60 }, () => PROBLEMS).flat(),
  };

  test.each(LANGS)("a report too long for a comment is cut between blocks, and says so, in %s", (lang) => {
    const text = markdown(many, { ...OPTIONS, lang });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/\n\*\*(?:Rapport tronqué|Report truncated)\*\* .*: \d+\. `--format json`/);
    const blocks = outsideCode(text);
    expect(blocks.match(/<details>/g)?.length).toBe(blocks.match(/<\/details>/g)?.length);
  });

  test("every verdict comes before any detail, so that cutting hides none", () => {
    const text = markdown(many, OPTIONS);
    expect(text.match(/^- ✗ \*\*refused\*\* `boutique\/web`/gm)).toHaveLength(60);
  });

  test("a very long sentence is cut with an ellipsis", () => {
    const subject = { ...UNPROVEN.subject, name: "x".repeat(5_000) };
    const text = markdown({ verdicts: [{ ...UNPROVEN, subject }], errors: [] }, OPTIONS);
    expect(text).toContain(`\`${"x".repeat(400)}…\``);
  });
});

describe("layout", () => {
  const text = markdown({ verdicts: [REFUSED], errors: [] }, OPTIONS);

  test("the verdict first", () => {
    expect(text).toMatch(/^### ✗ Refused · `boutique\/web`\n/);
  });

  test("the contract's 18 rows in one table", () => {
    expect(text.match(/^\| [✓✗?–] .* \| [\d., ]+ \|$/gm)).toHaveLength(18);
    expect(text).toContain("| ✗ **no** | Image runs as a non-root user | 1.1 |\n");
  });

  test("a fold for each refused row, one for the unproven, one for the settled", () => {
    expect([...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, summary]) => summary)).toEqual([
      "✗ Image runs as a non-root user · 1.1",
      "✗ No write to the root file system · 1.2",
      "✗ Logs go to stdout and stderr only · 1.2, 1.4",
      "✗ No state or configuration baked into the image · 1.2, 1.4",
      "✗ Conforms to the twelve-factor app · 1.4",
      "✗ Configuration through environment variables · 1.4",
      "11 unproven",
      "1 n/a",
    ]);
  });
});
