import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { DOCKERFILE, SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import { LANGS } from "../contract/text.ts";
import { markdown } from "./markdown.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;
const INPUT = { verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED], errors: PROBLEMS, skipped: SKIPPED };

/** Text outside code spans, which a renderer interprets. */
function outsideCode(text: string): string {
  return text.replaceAll(/<code>.*?<\/code>/g, "").replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, "");
}

describe("hostile values", () => {
  test("stay in code spans: no markup, link, mention or reference of theirs is left", () => {
    for (const lang of LANGS) {
      const text = outsideCode(reportText(markdown, INPUT, { ...OPTIONS, lang }));
      expect(text).not.toMatch(/[`@[\]_~\\]|https?:|www\.|\w#|#\d/);
      expect(text.replaceAll(/<\/?details>|<\/?summary>/g, "")).not.toMatch(/[<>]/);
    }
  });

  test("open and close no block: as many folds open as close", () => {
    const text = outsideCode(reportText(markdown, INPUT, OPTIONS));
    expect(text.match(/^<details><summary>/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
  });
});

describe("size", () => {
  const many = {
    verdicts: Array.from({ length: 60 }, () => REFUSED),
    errors: Array.from({ length: 60 }, () => PROBLEMS).flat(),
    skipped: [],
  };

  test.each(LANGS)("a report too long for a comment is cut between blocks, and says so, in %s", (lang) => {
    const text = reportText(markdown, many, { ...OPTIONS, lang });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/\n\*\*(?:Rapport tronqué|Report truncated)\*\* .*: \d+\. `--format json`/);
    const blocks = outsideCode(text);
    expect(blocks.match(/<details>/g)?.length).toBe(blocks.match(/<\/details>/g)?.length);
  });

  test("what was left out is named: the details of applications, or parts of the one", () => {
    expect(reportText(markdown, many, OPTIONS)).toMatch(
      /kB; applications without their details: \d\d\. `--format json`/,
    );
    const doubts = Array.from({ length: 40 }, (_, index) => ({
      rule: "1.1-seccomp" as const,
      reason: { fr: "x", en: `${"word ".repeat(70)}${index}` },
    }));
    const doubtsOf = (id: string) =>
      doubts.map((doubt) => ({ ...doubt, reason: { ...doubt.reason, en: `${id} ${doubt.reason.en}` } }));
    const rows = UNPROVEN.rows.map((row) => ({ ...row, doubts: doubtsOf(row.id) }));
    const one = { verdicts: [{ ...UNPROVEN, rows }], errors: [], skipped: [] };
    expect(reportText(markdown, one, OPTIONS)).toMatch(/kB; parts left out: 1\. `--format json`/);
  });

  test("every verdict comes before any detail, so that cutting hides none", () => {
    const text = reportText(markdown, many, OPTIONS);
    expect(text.match(/^\| ✗ \*\*refused\*\* \| `Deployment\/web` \|/gm)).toHaveLength(50);
    expect(text).toContain("**Not in this table**: 10 applications: 10 refused.");
  });

  test("a very long sentence is cut with an ellipsis", () => {
    const subject = { ...UNPROVEN.subject, name: "x".repeat(5_000) };
    const text = reportText(
      markdown,
      { verdicts: [{ ...UNPROVEN, subject }], errors: [], skipped: [] },
      OPTIONS,
    );
    expect(text).toContain(`\`${"x".repeat(400)}…\``);
  });
});

describe("several applications", () => {
  const text = reportText(markdown, { verdicts: WORKLOADS, errors: [], skipped: SKIPPED }, OPTIONS);

  test("causes first, then a table, the refused first, with environment and place", () => {
    expect(text).toMatch(
      /^## 8 applications: 3 refused, 5 unproven\n\n### Causes of refusal · applications\n/,
    );
    expect(text).toMatch(/\n\| --- .*\n\| ✗ .*\n\| ✗ .*\n\| ✗ .*\n\| \? /);
    expect(text).toContain(
      "| ✗ **refused** | `Deployment/web` | `prod` | `deployment-targets/prod/web.yaml:3` | 1 | 15 | 2 | 0 |\n",
    );
  });

  test("a fold each, the refused first", () => {
    const folds = [...text.matchAll(/<summary>(.)/g)].map(([, sign]) => sign);
    expect(folds.join("")).toBe("✗✗✗?????");
  });

  test("what was passed over is listed", () => {
    expect(text).toContain("### Skipped (not judged)\n\n- `charts/boutique`\n");
  });

  test("of a limit or a verdict that is asked for, only those are shown; all are counted", () => {
    const told = (view: object) =>
      reportText(markdown, { verdicts: WORKLOADS, errors: [], skipped: [] }, { ...OPTIONS, view });
    expect(told({ limit: 2 }).match(/^\| [✗?] /gm)).toHaveLength(2);
    expect(told({ limit: 0 }).match(/^\| [✗?] /gm)).toHaveLength(8);
    expect(told({ only: "no" })).toMatch(/^## 8 applications: 3 refused, 5 unproven\n/);
    expect(told({ only: "no" })).not.toContain("? **unproven**");
  });

  test("more causes than a dozen are counted", () => {
    const findings = REFUSED.rows.flatMap((row) => row.findings).slice(0, 1);
    const each = (index: number) => ({ rule: `1.1-rule-${index}` as const, fingerprint: `${index}` });
    const rows = REFUSED.rows.slice(0, 1).map((row) => ({
      ...row,
      findings: Array.from({ length: 15 }, (_, index) =>
        findings.map((one) => ({ ...one, ...each(index) })),
      ).flat(),
    }));
    const verdicts = Array.from({ length: 4 }, () => ({ ...REFUSED, rows }));
    expect(reportText(markdown, { verdicts, errors: [], skipped: [] }, OPTIONS)).toContain(
      "- … and 3 more\n",
    );
  });

  test("a few have their tables in their folds", () => {
    const few = reportText(markdown, { verdicts: WORKLOADS.slice(0, 2), errors: [], skipped: [] }, OPTIONS);
    expect(few.match(/^\| [✓✗?–] [^|]+ \| [^|]+ \| [\d., ]+ \|$/gm)).toHaveLength(36);
  });

  test("no name leaves its cell or its summary", () => {
    const subject = { name: "a|b ` </summary></details> @team", images: [] };
    const hostile = reportText(
      markdown,
      { verdicts: [{ ...DOCKERFILE, subject }, DOCKERFILE], errors: [], skipped: [] },
      OPTIONS,
    );
    expect(hostile).toContain("| ``a\\u007cb ` </summary></details> @team`` |");
    expect(hostile).toContain("<code>a|b ` &lt;/summary&gt;&lt;/details&gt; @team</code>");
  });

  test("of more than the table takes the worst are in it, and the others counted", () => {
    const admitted = Array.from({ length: 200 }, () => ADMITTED);
    const input = { verdicts: [...admitted, REFUSED], errors: [], skipped: [] };
    const long = reportText(markdown, input, OPTIONS);
    expect(long.match(/^\| [✓✗] \*\*(?:admitted|refused)/gm)).toHaveLength(50);
    expect(long).toContain("| ✗ **refused** | `Deployment/web` |");
    expect(long).toContain("**Not in this table**: 151 applications: 151 admitted.\n");
  });

  test("files that could not be read: twenty, and the number of the others", () => {
    const errors = Array.from({ length: 25 }, () => PROBLEMS[0]).flatMap((one) => one ?? []);
    expect(reportText(markdown, { verdicts: [], errors, skipped: [] }, OPTIONS)).toContain(
      "- … and 5 more\n",
    );
  });
});

describe("layout", () => {
  const text = reportText(markdown, { verdicts: [REFUSED], errors: [], skipped: [] }, OPTIONS);

  test("the verdict first", () => {
    expect(text).toMatch(/^### ✗ Refused · `Deployment\/web`\n/);
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

test("what was left out on purpose is said", () => {
  const leftOut = [
    { by: "exclude", count: 1, files: ["old/@team.yaml"] },
    { by: "gitignore", count: 4, files: ["a.yaml", "b.yaml", "c.yaml", "d.yaml"] },
  ] as const;
  const text = reportText(markdown, { ...INPUT, leftOut }, OPTIONS);
  expect(text).toContain("left out by `--exclude:` 1 file (`old/@team.yaml`).");
  expect(text).toContain(
    "git ignores it (`--no-gitignore` judges it): 4 files (`a.yaml`, `b.yaml`, `c.yaml`,",
  );
});
