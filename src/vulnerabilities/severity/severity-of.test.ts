import { expect, test } from "vitest";
import type { DistributionDecision } from "../../contract/vulnerability-facts.ts";
import type { StatedSeverity } from "../advisory.ts";
import { severityOf } from "./severity-of.ts";

const V3 = {
  critical: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
  medium: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N",
};
const V4_HIGH = "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N";
const of = (by: string, level: keyof typeof V3): StatedSeverity => ({ by, vector: V3[level] });

/** `critical NVD`. */
function told(ecosystem: string, stated: readonly StatedSeverity[], decision?: DistributionDecision): string {
  const { level, by } = severityOf({ ecosystem, stated, ...(decision === undefined ? {} : { decision }) });
  return `${level} ${by ?? "-"}`;
}

test.each<[string, readonly StatedSeverity[], string]>([
  ["Debian:13", [of("CNA", "medium"), of("NVD", "critical")], "critical NVD"],
  ["Debian:13", [of("CISA-ADP", "critical"), { by: "Debian", word: "low" }], "critical CISA-ADP"],
  ["Debian:13", [{ by: "Debian", word: "low" }], "unknown -"],
  ["Ubuntu:24.04:LTS", [{ by: "Ubuntu", word: "medium" }, of("GHSA", "critical")], "critical GHSA"],
  ["Alpine:v3.22", [of("NVD", "critical")], "critical NVD"],
  // OSV's copy of a severity counts only if no other author rates.
  ["Alpine:v3.22", [of("OSV", "critical")], "critical OSV"],
  ["Debian:13", [of("OSV", "medium")], "medium OSV"],
  ["Debian:13", [of("OSV", "medium"), of("NVD", "critical")], "critical NVD"],
  ["Debian:13", [of("OSV", "critical"), of("CNA", "medium")], "medium CNA"],
  ["npm", [of("OSV", "medium")], "unknown -"],
  [
    "Red Hat:enterprise_linux:9::baseos",
    [{ by: "Red Hat", word: "important" }, of("NVD", "critical")],
    "high Red Hat",
  ],
  ["Red Hat:enterprise_linux:9::baseos", [of("NVD", "critical")], "critical NVD"],
  [
    "SUSE:Linux Enterprise Server 15 SP6",
    [{ by: "SUSE", word: "moderate" }, of("NVD", "critical")],
    "medium SUSE",
  ],
  ["npm", [of("GHSA", "medium"), of("NVD", "critical")], "medium GHSA"],
  ["npm", [of("CNA", "medium"), of("CISA-ADP", "critical"), of("NVD", "medium")], "critical CISA-ADP"],
  ["Bitnami", [of("Bitnami", "critical")], "critical Bitnami"],
  ["Go", [], "unknown -"],
  // One author's word counts beside its score, and CVSS 4 before CVSS 3.
  ["npm", [{ by: "GHSA", word: "critical" }, of("GHSA", "medium")], "critical GHSA"],
  ["npm", [of("GHSA", "critical"), { by: "GHSA", vector: V4_HIGH }], "high GHSA"],
  ["npm", [{ by: "GHSA", score: 9.1 }], "critical GHSA"],
  ["npm", [{ by: "GHSA", vector: "CVSS:3.1/AV:?" }], "unknown -"],
  ["npm", [{ by: "GHSA", word: "whatever" }], "unknown -"],
  ["npm", [{ by: "GHSA", score: 0 }], "negligible GHSA"],
  ["npm", [{ by: "GHSA", score: 3.9 }], "low GHSA"],
])("%s, %j: %s", (ecosystem, stated, expected) => {
  expect(told(ecosystem, stated)).toBe(expected);
});

test.each<[DistributionDecision, string]>([
  ["unimportant", "negligible Debian"],
  ["ignored", "low Debian"],
  ["postponed", "critical NVD"],
  ["end-of-life", "critical NVD"],
])("what Debian calls %s is %s", (decision, expected) => {
  expect(told("Debian:13", [of("NVD", "critical")], decision)).toBe(expected);
});

test("all that is said is told, each source once", () => {
  const stated = [of("NVD", "critical"), of("CNA", "medium"), of("CNA", "medium")];
  expect(severityOf({ ecosystem: "Debian:13", stated }).stated).toEqual([
    { by: "CNA", level: "medium", score: 5.3 },
    { by: "NVD", level: "critical", score: 9.8 },
  ]);
});
