import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { golden } from "../../test/fixtures/golden.ts";
import { type Judged, reportText } from "../../test/fixtures/report-text.ts";
import {
  ADMITTED,
  IMAGE_ALONE,
  PROBLEMS,
  REFUSED,
  RULE_WORDS,
  UNPROVEN,
} from "../../test/fixtures/verdicts.ts";
import { SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import { LANGS, type Lang } from "../contract/text.ts";
import { REPORTS } from "./index.ts";

const GOLDENS = join(import.meta.dirname, "__goldens__");
const SEVERAL: Judged = {
  verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED],
  errors: PROBLEMS,
  skipped: SKIPPED,
};
const REPOSITORY: Judged = { verdicts: WORKLOADS, errors: [], skipped: SKIPPED };
const FEW: Judged = { verdicts: WORKLOADS.slice(-3), errors: [], skipped: [] };
const ONE: Judged = { verdicts: [REFUSED], errors: [], skipped: [] };
const OPTIONS = { version: "0.1.0", rules: RULE_WORDS };

/** Golden file of a report; JSON is the same in every language. */
function fileOf(name: string, lang: Lang, extension: string): string {
  return join(GOLDENS, name.startsWith("json") ? `${name}.json` : `${name}.${lang}.${extension}`);
}

describe.each(REPORTS)("$name", ({ name, extension, load }) => {
  test.each(LANGS)("several applications and sources not read, in %s", async (lang) => {
    const text = reportText(await load(), SEVERAL, { lang, ...OPTIONS });
    expect(text).toBe(golden(fileOf(name, lang, extension), text));
  });

  test.each(LANGS)("the workloads of a repository and its Dockerfile, in %s", async (lang) => {
    const text = reportText(await load(), REPOSITORY, { lang, ...OPTIONS });
    expect(text).toBe(golden(fileOf(`${name}.workloads`, lang, extension), text));
  });

  test("the same verdicts give the same bytes, which end in one newline", async () => {
    const report = await load();
    const text = reportText(report, SEVERAL, { lang: "fr", ...OPTIONS });
    expect(reportText(report, structuredClone(SEVERAL), { lang: "fr", ...OPTIONS })).toBe(text);
    expect(text).toMatch(/[^\n]\n$/);
  });

  test.each(LANGS)("nothing hostile comes through raw, in %s", async (lang) => {
    const text = reportText(await load(), SEVERAL, { lang, ...OPTIONS });
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  test.each([
    ["nothing", { verdicts: [], errors: [], skipped: [] }],
    ["sources that could not be read", { verdicts: [], errors: PROBLEMS, skipped: SKIPPED }],
  ])("of %s there is a report, too", async (_, input) => {
    expect(reportText(await load(), input, { lang: "en", ...OPTIONS })).toMatch(/[^\n]\n$/);
  });
});

test.each(REPORTS.filter(({ name }) => ["checklist", "markdown", "html"].includes(name)))(
  "$name of one application has no overview",
  async ({ name, extension, load }) => {
    const text = reportText(await load(), ONE, { lang: "en", ...OPTIONS });
    expect(text).toBe(golden(join(GOLDENS, `${name}.one.${extension}`), text));
  },
);

test.each(REPORTS.filter(({ name }) => ["checklist", "markdown", "html"].includes(name)))(
  "$name of a few applications tells every row",
  async ({ name, extension, load }) => {
    const text = reportText(await load(), FEW, { lang: "fr", ...OPTIONS });
    expect(text).toBe(golden(join(GOLDENS, `${name}.few.${extension}`), text));
  },
);

test.each(LANGS)("the checklist of a repository with all its details, in %s", async (lang) => {
  const [{ load }] = REPORTS;
  const text = reportText(await load(), REPOSITORY, { lang, ...OPTIONS, view: { verbose: true } });
  expect(text).toBe(golden(join(GOLDENS, `checklist.workloads.verbose.${lang}.txt`), text));
});

test.each([60, 120])("the checklist fits %i columns", async (width) => {
  const [{ load }] = REPORTS;
  const text = reportText(await load(), SEVERAL, { lang: "fr", ...OPTIONS, width });
  expect(text).toBe(golden(join(GOLDENS, `checklist.fr.${width}.txt`), text));
});
