import { describe, expect, test } from "vitest";
import { renderedMarkdown } from "../../test/fixtures/rendered-markdown.ts";
import { type Judged, reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import { LANGS } from "../contract/text.ts";
import { markdown } from "./markdown.ts";

const HOSTILE = { verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED], errors: PROBLEMS, skipped: SKIPPED };
const REPOSITORY = { verdicts: WORKLOADS, errors: [], skipped: SKIPPED };
const linkOf = (file: string, line: number): string => `https://gitlab.example/${file}#L${line}`;

function rendered(input: Judged, lang: "fr" | "en", view = {}): string {
  return renderedMarkdown(reportText(markdown, input, { lang, version: "0.1.0", rules: [], view }));
}

function codes(html: string): readonly string[] {
  return [...html.matchAll(/<code>([^]*?)<\/code>/g)].map(([, code = ""]) => code);
}

describe.each(LANGS)("rendered, in %s", (lang) => {
  test.each([
    ["hostile values", HOSTILE],
    ["a repository", REPOSITORY],
    ["one application", { ...HOSTILE, verdicts: [REFUSED] }],
    ["a few applications", { ...HOSTILE, verdicts: [REFUSED, ADMITTED] }],
  ])("%s: only our own elements, and as many closed as opened", (_, input) => {
    const html = rendered(input, lang);
    const elements = [...html.matchAll(/<(\/?)([a-z0-9]+)/g)].map(([, closed, name]) => `${closed}${name}`);
    const known = /^\/?(?:h2|h3|p|ul|li|strong|code|br|table|thead|tbody|tr|th|td|details|summary)$/;
    expect(elements.filter((name) => !known.test(name))).toEqual([]);
    for (const name of ["details", "table", "ul", "code"]) {
      const opened = elements.filter((one) => one === name);
      expect(elements.filter((one) => one === `/${name}`)).toHaveLength(opened.length);
    }
  });

  test("each row of a table has as many cells as its head", () => {
    for (const [, table = ""] of rendered(HOSTILE, lang).matchAll(/<table>([^]*?)<\/table>/g)) {
      const cells = table
        .split("</tr>")
        .slice(0, -1)
        .map((row) => row.match(/<t[hd][ >]/g)?.length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  test("code is what is code: no parenthesis, comma or pipe is left at its ends", () => {
    const odd = codes(rendered(REPOSITORY, lang)).filter((code) => /^[(|,.]|[|(,]$/.test(code));
    expect(odd).toEqual([]);
  });

  test("places lead to their lines, where there is an address", () => {
    const html = rendered(REPOSITORY, lang, { linkOf });
    const place = "deployment-targets/prod/web.yaml:31:11";
    const link = `<a href="https://gitlab.example/deployment-targets/prod/web.yaml#L31"><code>${place}</code></a>`;
    // Among the causes, and in the details.
    expect(html.split(link)).toHaveLength(3);
    expect(html).toContain(`#L3"><code>deployment-targets/prod/web.yaml:3</code></a></td>`);
    expect(html).not.toContain("](");
  });

  test("nothing of a hostile file's name is a link", () => {
    const links = [...rendered(HOSTILE, lang, { linkOf }).matchAll(/<a href="([^"]*)"/g)];
    expect(links.filter(([, to = ""]) => !to.startsWith("https://gitlab.example/"))).toEqual([]);
  });
});
