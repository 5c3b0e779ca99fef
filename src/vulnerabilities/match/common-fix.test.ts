import { expect, test } from "vitest";
import { advisory, dataOf } from "../../../test/fixtures/vulnerability-data.ts";
import type { Advisory } from "../advisory.ts";
import { type RecordedFinding, withCommonFix } from "./common-fix.ts";
import { matchComponents } from "./match-components.ts";

type Changes = Partial<Advisory> & { readonly fixed?: string };

function record(id: string, level: "critical" | "high", changes: Changes): Advisory {
  return advisory({
    id,
    ecosystem: "npm",
    package: "a",
    severities: [{ by: "GHSA", word: level }],
    ...changes,
  });
}

/** `ID: version to take`, or `ID` where that is its own. */
function taken(version: string, ...advisories: readonly Advisory[]): readonly string[] {
  const facts = { type: "npm", name: "a", version } as const;
  const { findings } = matchComponents(
    [{ facts, path: "/x", layer: 0 }],
    dataOf({ advisories }),
    "2026-11-27",
  );
  return findings.map(({ id, updateTo }) => (updateTo === undefined ? id : `${id}: ${updateTo}`));
}

const range = (introduced: string, fixed: string): Changes => ({
  affected: {
    ranges: [
      {
        type: "SEMVER",
        events: [
          { event: "introduced", version: introduced },
          { event: "fixed", version: fixed },
        ],
      },
    ],
  },
});

test("the version to take repairs all that is as grave, or graver", () => {
  const records = [
    record("GHSA-1", "critical", { fixed: "2.9.9.2" }),
    record("GHSA-2", "critical", { fixed: "2.9.10" }),
    record("GHSA-3", "critical", { fixed: "2.9.10.4" }),
    record("GHSA-4", "high", { fixed: "3.0.0" }),
  ].map((one) => ({ ...one, ecosystem: "Maven", package: "org.a:a" }));
  const facts = { type: "maven", namespace: "org.a", name: "a", version: "2.9.8" } as const;
  const data = dataOf({ advisories: records });
  const { findings } = matchComponents([{ facts, path: "/x", layer: 0 }], data, "2026-11-27");
  expect(findings.map(({ updateTo, fixedIn }) => updateTo ?? `own ${fixedIn.join()}`)).toEqual([
    "2.9.10.4",
    "2.9.10.4",
    "own 2.9.10.4",
    "own 3.0.0",
  ]);
});

test("none is told where it would be affected by another", () => {
  const records = [
    record("GHSA-1", "critical", range("1.0.0", "1.0.5")),
    record("GHSA-2", "critical", range("1.0.0", "1.1.0")),
  ];
  expect(taken("1.0.1", ...records)).toEqual(["GHSA-1: 1.1.0", "GHSA-2"]);
  // The line that repairs the second brings the first again.
  const again = record("GHSA-1", "critical", {
    affected: {
      ranges: [
        ...(range("1.0.0", "1.0.5").affected?.ranges ?? []),
        ...(range("1.1.0", "1.1.3").affected?.ranges ?? []),
      ],
    },
  });
  expect(taken("1.0.1", again, ...records.slice(1))).toEqual(["GHSA-1", "GHSA-2"]);
});

test("what nobody repairs counts for nothing in it, and has none itself", () => {
  const records = [
    record("GHSA-1", "critical", { affected: { ranges: [], versions: ["1.0.1"] } }),
    record("GHSA-2", "critical", { fixed: "1.0.2" }),
    record("GHSA-3", "critical", { fixed: "1.0.3" }),
  ];
  expect(taken("1.0.1", ...records)).toEqual(["GHSA-1", "GHSA-2: 1.0.3", "GHSA-3"]);
  const [unrepaired] = records;
  expect(
    taken("1.0.1", ...(unrepaired === undefined ? [] : [unrepaired, { ...unrepaired, id: "GHSA-9" }])),
  ).toEqual(["GHSA-1", "GHSA-9"]);
});

test("of two versions that fix one finding the nearer one counts", () => {
  const found = (id: string, ...fixedIn: readonly string[]): RecordedFinding => ({
    finding: {
      id,
      aliases: [],
      component: { purl: "pkg:npm/a@1.0.0", type: "npm", name: "a", version: "1.0.0" },
      ecosystem: "npm",
      fixedIn,
      severity: { level: "high", stated: [] },
      exploited: [],
    },
    records: [{ affected: range("0", fixedIn[0] ?? "9.0.0").affected ?? {} }],
  });
  const all = withCommonFix([found("A", "1.5.0", "2.1.0"), found("B", "1.6.0"), found("C")]);
  expect(all.map(({ id, updateTo }) => [id, updateTo])).toEqual([
    ["A", "1.6.0"],
    ["B", undefined],
    ["C", undefined],
  ]);
});
