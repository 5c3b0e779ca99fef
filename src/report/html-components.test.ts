import { expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { NO_PACKAGES } from "../../test/fixtures/sbom-facts.ts";
import { ADMITTED, REFUSED } from "../../test/fixtures/verdicts.ts";
import type { ComponentFacts } from "../contract/package-facts.ts";
import { RULES } from "../rules/index.ts";
import { html } from "./html.ts";
import { htmlComponents } from "./html-components.ts";

const A: ComponentFacts = {
  type: "maven",
  namespace: "org.slf4j",
  name: "slf4j-api",
  version: "2.0.17",
  path: "/app/app.jar",
  inside: "BOOT-INF/lib/slf4j.jar",
  layer: 1,
  cataloger: "java",
};
const B: ComponentFacts = {
  type: "deb",
  name: "libc6",
  version: "2.41",
  path: "/x",
  layer: 0,
  cataloger: "dpkg",
};

function table(components: readonly ComponentFacts[], container?: string): string {
  const packages = { ...NO_PACKAGES, components };
  return htmlComponents(container === undefined ? { packages } : { container, packages }, "en");
}

test("each package has a line with its ecosystem, layer and place", () => {
  const text = table([A, B], "web");
  expect(text).toContain("<summary>Packages · web (2)</summary>");
  expect(text).toContain(
    "<tr><td>org.slf4j/slf4j-api</td><td>2.0.17</td><td>maven</td><td>2</td><td>/app/app.jar!/BOOT-INF/lib/slf4j.jar</td></tr>",
  );
  expect(text).toContain("<tr><td>libc6</td><td>2.41</td><td>deb</td><td>1</td><td>/x</td></tr>");
});

test("nothing is written where there is nothing, and no more than a page of it", () => {
  expect(table([])).toBe("");
  const text = table(Array.from({ length: 2_001 }, (_, index) => ({ ...B, name: `p${index}` })));
  expect(text).toContain("2000 of the 2001 packages are shown");
  expect(text).not.toContain("p2000<");
});

test("what an image says stays text", () => {
  expect(table([{ ...B, name: "<script>alert(1)</script>" }])).not.toContain("<script>");
});

test("it stands in the report of one application, and not in that of several", () => {
  const held = { ...ADMITTED, packages: [{ packages: { ...NO_PACKAGES, components: [A] } }] };
  const options = { lang: "en", version: "0.1.0", rules: RULES } as const;
  expect(reportText(html, { verdicts: [held] }, options)).toContain('<details class="components">');
  expect(reportText(html, { verdicts: [held, REFUSED] }, options)).not.toContain(
    '<details class="components">',
  );
});
