import { expect, test } from "vitest";
import { imageFacts, referenceFacts, VERIFIED_BASE } from "../../test/fixtures/image-facts.ts";
import { NO_PACKAGES, sbomFacts } from "../../test/fixtures/sbom-facts.ts";
import { advisory, dataOf } from "../../test/fixtures/vulnerability-data.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { selectorHashes } from "../evidence/rule-selectors.ts";
import { ALL_RULES, RULES } from "../rules/index.ts";
import { ImageVulnerabilities } from "./image-vulnerabilities.ts";
import { SubjectJudge } from "./subject-judge.ts";

const TODAY = "2026-11-27";
const RULE = "2.2-no-critical-vulnerabilities";
const ORIGIN = { by: "handed-in", file: "evidence.json", douane: "0.1.0" } as const;
const LODASH = advisory({
  id: "GHSA-a",
  aliases: ["CVE-2026-1111"],
  ecosystem: "npm",
  package: "lodash",
  fixed: "4.17.21",
  severities: [{ by: "GHSA", word: "critical" }],
});
const DATA = new ImageVulnerabilities(dataOf({ advisories: [LODASH] }), TODAY);

function evidenceOf(version: string) {
  return {
    image: imageFacts({ layers: [{}, {}], facts: { base: VERIFIED_BASE, asked: selectorHashes(RULES) } }),
    reference: referenceFacts(),
    sbom: sbomFacts({
      packages: {
        ...NO_PACKAGES,
        components: [
          { type: "npm", name: "lodash", version, path: "/x", layer: 0, cataloger: "node-modules" },
        ],
      },
    }),
    origin: ORIGIN,
  };
}

function judge(vulnerabilities?: ImageVulnerabilities): SubjectJudge {
  return new SubjectJudge({
    rules: ALL_RULES,
    minor: 34,
    enforceFuture: false,
    judging: { at: `${TODAY}T00:00:00Z`, sbomCoverage: 90, vulnerabilityDataDays: 5 },
    accepted: { acceptances: [], today: TODAY },
    ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
  });
}

/** Texts of the gate in row 14. */
function told({ rows }: Verdict): readonly string[] {
  const row = rows.find(({ id }) => id === "sbom");
  const said = [...(row?.findings ?? []), ...(row?.proofs ?? [])].filter(({ rule }) => rule === RULE);
  return said.map(({ message }) => message.en);
}

test("what stored evidence says that an image holds is compared with the data at hand", () => {
  const vulnerable = told(judge(DATA).image(evidenceOf("4.17.15"), undefined));
  expect(vulnerable).toEqual([
    "CVE-2026-1111 (critical by GHSA: GHSA critical) in lodash 4.17.15, of the base image: fixed in 4.17.21",
  ]);
  const workload = workloadFacts({ containers: [{ name: "web", image: "registry.example/app:1.4.2" }] });
  const images = new Map([["registry.example/app:1.4.2", evidenceOf("4.17.15")]]);
  const verdict = judge(DATA).workload(workload, { images, trials: new Map(), origin: ORIGIN });
  expect(told(verdict)).toEqual(vulnerable);
});

test("the fixed version has nothing against it", () => {
  const said = told(judge(DATA).image(evidenceOf("4.17.21"), undefined));
  expect(said.filter((message) => message.includes("CVE-"))).toEqual([]);
});

test("without data nothing is compared", () => {
  expect(told(judge().image(evidenceOf("4.17.15"), undefined))).toEqual([]);
});

test("one image that several workloads name is compared once", () => {
  const { sbom, image } = evidenceOf("4.17.15");
  expect(DATA.of(sbom, image)).toBe(DATA.of(sbom, image));
});

test.each([
  ["npm/lodash@4.17.15", [true]],
  ["npm/lodash@4.17.21", []],
  ["deb/lodash@4.17.15", []],
  ["no package", []],
])("%s, which only the image's SBOM names, is compared as well", (unseen, expected) => {
  const { sbom, image } = evidenceOf("4.17.21");
  const coverage = { ecosystems: [], unseen: { count: 1, names: [] }, unseenPackages: [unseen] };
  const { findings, compared } = DATA.of(sbomFacts({ packages: sbom.packages, coverage }), image);
  expect(findings.map(({ component }) => component.onlyStated)).toEqual(expected);
  expect(compared).toEqual([{ ecosystem: "npm", components: 1 }]);
});
