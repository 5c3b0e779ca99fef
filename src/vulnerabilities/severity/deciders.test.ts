import { expect, test } from "vitest";
import type { StatedSeverity } from "../advisory.ts";
import { severityOf } from "./severity-of.ts";

const NEUTRAL = ["CNA", "ADP", "CISA-ADP", "NVD", "GHSA"];
const LANGUAGE = [["GHSA"], ["CNA", "ADP", "CISA-ADP"], ["NVD", "Bitnami", "RustSec", "Node.js"]];

/** Authors whose rating counts, by ecosystem, the first ones before the others (docs/usage/vulns.md). */
const DECIDERS: readonly (readonly [ecosystem: string, groups: readonly (readonly string[])[]])[] = [
  ["Debian:13", [NEUTRAL, ["OSV"]]],
  ["Ubuntu:24.04:LTS", [NEUTRAL, ["OSV"]]],
  ["Alpine:v3.22", [NEUTRAL, ["OSV"]]],
  ["Wolfi", [NEUTRAL, ["OSV"]]],
  ["Chainguard", [NEUTRAL, ["OSV"]]],
  ["Red Hat:enterprise_linux:9::baseos", [["Red Hat"], NEUTRAL, ["OSV"]]],
  ["Rocky Linux:9", [["Rocky Linux", "Red Hat"], NEUTRAL, ["OSV"]]],
  ["AlmaLinux:9", [["AlmaLinux", "Red Hat"], NEUTRAL, ["OSV"]]],
  ["SUSE:Linux Enterprise Server 15 SP6", [["SUSE"], NEUTRAL, ["OSV"]]],
  ["openSUSE:Leap 15.6", [["openSUSE", "SUSE"], NEUTRAL, ["OSV"]]],
  ["npm", LANGUAGE],
  ["Bitnami", LANGUAGE],
  ["Go", LANGUAGE],
];

const ALL = [
  ...new Set([...DECIDERS.flatMap(([, groups]) => groups.flat()), "Debian", "Ubuntu", "Somebody"]),
];

test.each(DECIDERS)("%s is rated by its authors, the first group before the others", (ecosystem, groups) => {
  for (const [at, group] of groups.entries()) {
    const before = groups.slice(0, at).flat();
    for (const by of group) {
      // Everybody behind the author's group rates higher, its own group lower.
      const stated = ALL.filter((one) => one !== by && !before.includes(one)).map(
        (one): StatedSeverity => ({ by: one, word: group.includes(one) ? "low" : "critical" }),
      );
      expect(severityOf({ ecosystem, stated: [...stated, { by, word: "medium" }] })).toMatchObject({
        level: "medium",
        by,
      });
    }
  }
});

test.each(DECIDERS)("%s is rated by nobody else", (ecosystem, groups) => {
  const others = ALL.filter((by) => !groups.flat().includes(by));
  const stated = others.map((by): StatedSeverity => ({ by, word: "critical" }));
  expect(others.length).toBeGreaterThan(0);
  expect(severityOf({ ecosystem, stated })).toMatchObject({ level: "unknown" });
  expect(severityOf({ ecosystem, stated })).not.toHaveProperty("by");
});

test.each([
  ["critical", "critical"],
  ["high", "high"],
  ["important", "high"],
  ["medium", "medium"],
  ["moderate", "medium"],
  ["low", "low"],
  ["minor", "low"],
  ["negligible", "negligible"],
  ["none", "negligible"],
  ["unimportant", "negligible"],
  ["IMPORTANT", "high"],
])("the word %s is %s", (word, level) => {
  expect(severityOf({ ecosystem: "npm", stated: [{ by: "GHSA", word }] })).toMatchObject({ level });
});

// https://www.first.org/cvss/v4.0/specification-document, table 22
test.each([
  [10, "critical"],
  [9, "critical"],
  [8.9, "high"],
  [7, "high"],
  [6.9, "medium"],
  [4, "medium"],
  [3.9, "low"],
  [0.1, "low"],
  [0, "negligible"],
])("the score %d is %s", (score, level) => {
  expect(severityOf({ ecosystem: "npm", stated: [{ by: "GHSA", score }] })).toMatchObject({ level, score });
});

const V2_HIGH = "AV:N/AC:L/Au:N/C:P/I:P/A:P"; // 7.5
const V3_MEDIUM = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N"; // 5.3
const V3_LOW = "CVSS:3.0/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"; // 1.8
const V4_LOW = "CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N";

test.each<[string, readonly StatedSeverity[], object]>([
  [
    "version 3 before version 2",
    [
      { by: "GHSA", vector: V2_HIGH },
      { by: "GHSA", vector: V3_MEDIUM },
    ],
    { level: "medium", score: 5.3 },
  ],
  [
    "version 4 before version 3",
    [
      { by: "GHSA", vector: V3_MEDIUM },
      { by: "GHSA", vector: V4_LOW },
    ],
    { level: "low" },
  ],
  [
    "of one version, the higher",
    [
      { by: "GHSA", vector: V3_LOW },
      { by: "GHSA", vector: V3_MEDIUM },
    ],
    { level: "medium", score: 5.3 },
  ],
  [
    "of one version, the higher, whatever the order",
    [
      { by: "GHSA", vector: V3_MEDIUM },
      { by: "GHSA", vector: V3_LOW },
    ],
    { level: "medium" },
  ],
  [
    "a bare score as version 2",
    [
      { by: "GHSA", score: 9.9 },
      { by: "GHSA", vector: V3_MEDIUM },
    ],
    { level: "medium" },
  ],
  [
    "of one level, the higher score",
    [
      { by: "CNA", score: 7.1 },
      { by: "ADP", score: 8.8 },
    ],
    { level: "high", by: "ADP", score: 8.8 },
  ],
  [
    "of one level, the higher score, first",
    [
      { by: "ADP", score: 7.1 },
      { by: "CNA", score: 8.8 },
    ],
    { level: "high", by: "CNA", score: 8.8 },
  ],
  [
    "a word that is graver than a score",
    [
      { by: "GHSA", score: 5 },
      { by: "GHSA", word: "high" },
    ],
    { level: "high" },
  ],
])("an author's rating is %s", (_, stated, expected) => {
  expect(severityOf({ ecosystem: "npm", stated })).toMatchObject(expected);
});

test("a decision of the distribution counts before all scores, under its name", () => {
  const stated = [{ by: "NVD", word: "critical" }];
  const of = (decision: "not-affected" | "unimportant" | "ignored") =>
    severityOf({ ecosystem: "Debian:13", stated, decision });
  const rated = [{ by: "NVD", level: "critical" }];
  expect(of("not-affected")).toEqual({ level: "negligible", by: "Debian", stated: rated });
  expect(of("unimportant")).toEqual({ level: "negligible", by: "Debian", stated: rated });
  expect(of("ignored")).toEqual({ level: "low", by: "Debian", stated: rated });
});
