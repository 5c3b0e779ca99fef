import { expect, test } from "vitest";
import { advisory, dataOf } from "../../../test/fixtures/vulnerability-data.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";
import { withDocumentOnly } from "./document-only.ts";
import { matchComponents } from "./match-components.ts";

const TODAY = "2026-06-15";
const record = (name: string, word = "low", ecosystem = "npm") =>
  advisory({ id: `GHSA-${name}`, ecosystem, package: name, fixed: "2", severities: [{ by: "GHSA", word }] });
const DATA = dataOf({ advisories: [record("a"), record("b", "critical"), record("c", "low", "Debian:12")] });
const HELD = matchComponents([{ facts: { type: "npm", name: "a", version: "1" } }], DATA, TODAY);

function shown({ findings }: VulnerabilityFacts) {
  return findings.map(({ id, component }) => [id, component.onlyStated]);
}

test("what only an SBOM names stands beside what the image holds, the gravest first", () => {
  const found = withDocumentOnly(HELD, ["npm/b@1", "npm/a@1.5", "npm/b@2"], DATA, TODAY);
  expect(shown(found)).toEqual([
    ["GHSA-b", true],
    ["GHSA-a", undefined],
    ["GHSA-a", true],
  ]);
  expect(found.compared).toEqual(HELD.compared);
  expect(found).not.toHaveProperty("cut");
});

test.each([[[]], [["no package"]], [["deb/c@1"]]])("%j changes nothing", (written) => {
  expect(withDocumentOnly(HELD, written, DATA, TODAY)).toBe(HELD);
});

test("more findings than the bound are cut, and that is said", () => {
  const [one] = HELD.findings;
  if (one === undefined) throw new Error("no finding");
  const many = (count: number) => ({ ...HELD, findings: Array.from({ length: count }, () => one) });
  const cut = withDocumentOnly(many(LIMITS.vulnerabilityFindings), ["npm/b@1"], DATA, TODAY);
  expect([cut.findings.length, cut.cut]).toEqual([LIMITS.vulnerabilityFindings, true]);
  expect(cut.findings[0]?.id).toBe("GHSA-b");
  const whole = withDocumentOnly(many(LIMITS.vulnerabilityFindings - 1), ["npm/b@1"], DATA, TODAY);
  expect(whole.findings).toHaveLength(LIMITS.vulnerabilityFindings);
  expect(whole).not.toHaveProperty("cut");
});
