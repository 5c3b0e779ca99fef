import { expect, test } from "vitest";
import { factsOf } from "../../../../test/fixtures/feed-facts.ts";
import { alpineSecdb } from "./alpine-secdb.ts";

function document(secfixes: unknown, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    distroversion: "v3.22",
    reponame: "main",
    packages: [{ pkg: { name: "curl", secfixes } }],
    ...changes,
  };
}

/** `CVE-… fixed version`, of each advisory. */
function fixes(secfixes: unknown): readonly string[] {
  return factsOf(alpineSecdb, document(secfixes)).flatMap((fact) => {
    const [found] = fact.startsWith("advisories") ? JSON.parse(fact.slice("advisories ".length)) : [];
    return found === undefined ? [] : [`${found.id} ${found.affected.ranges[0].events[1].version}`];
  });
}

test.each([
  [{ "1-r0": ["CVE-2026-0001", "CVE-2026-0002"] }, ["CVE-2026-0001 1-r0", "CVE-2026-0002 1-r0"]],
  [
    { "1-r0": ["CVE-2026-0001,CVE-2026-0002;GHSA-x-y"] },
    ["CVE-2026-0001 1-r0", "CVE-2026-0002 1-r0", "GHSA-x-y 1-r0"],
  ],
  [{ "1-r0": ["CVE-2026-0001 (+ regression fix)"] }, ["CVE-2026-0001 1-r0"]],
  [{ "1-r0": ["CVE-2026-0001"], "2-r0": ["XSA-1"] }, ["CVE-2026-0001 1-r0", "XSA-1 2-r0"]],
  [{ "1-r0": ["A-1", "cve-2026-0001", "CVE", "TOOLONGPREFIX-1", "xCVE-1", "CVE-1."] }, []],
  [{ "1-r0": ["", 7] }, []],
  [{ "1-r0": "CVE-2026-0001" }, []],
  [[], []],
])("%j repairs %j", (secfixes, expected) => {
  expect(fixes(secfixes)).toEqual(expected);
});

test("a package has its branch's ecosystem, and a source the branch and the repository", () => {
  const events = (version: string) => [
    { event: "introduced", version: "0" },
    { event: "fixed", version },
  ];
  const of = (version: string, ecosystem: string, more: object = {}) =>
    `advisories ${JSON.stringify([
      {
        id: "CVE-2026-0001",
        aliases: [],
        feed: "alpine-secdb",
        ecosystem,
        package: "curl",
        severities: [],
        affected: { ranges: [{ type: "ECOSYSTEM", events: events(version) }] },
        ...more,
      },
    ])}`;
  const fixed = { "8-r0": ["CVE-2026-0001"] };
  expect(factsOf(alpineSecdb, document(fixed))).toEqual(["within v3.22/main", of("8-r0", "Alpine:v3.22")]);
  expect(factsOf(alpineSecdb, document({ "0": ["CVE-2026-0001"] }))).toEqual([
    "within v3.22/main",
    of("0", "Alpine:v3.22", { decision: "not-affected" }),
  ]);
  expect(factsOf(alpineSecdb, document(fixed, { distroversion: "", reponame: "chainguard" }))).toEqual([
    "within chainguard/chainguard",
    of("8-r0", "Chainguard"),
  ]);
  expect(
    factsOf(alpineSecdb, document(fixed, { distroversion: "", reponame: "", urlprefix: "https://x/WOLFI" })),
  ).toEqual(["within wolfi", of("8-r0", "Wolfi")]);
});

test("every package counts, and one without a name is told", () => {
  const packages = [
    { pkg: { name: "a\nb" } },
    {},
    { pkg: { name: "curl", secfixes: { "1": ["CVE-2026-0001"] } } },
  ];
  const facts = factsOf(alpineSecdb, { distroversion: "v3.22", packages });
  expect(facts.map((fact) => fact.split(" ")[0])).toEqual(["within", "malformed", "malformed", "advisories"]);
  expect(facts[1]).toBe("malformed a\nb");
});

test.each([
  [{ packages: [], reponame: "main" }, true],
  [{ packages: [], urlprefix: "" }, true],
  [{ packages: [] }, false],
  [{ packages: {}, reponame: "main" }, false],
  [{ reponame: "main", urlprefix: "" }, false],
])("%j is such a document: %s", (given, expected) => {
  expect(alpineSecdb.recognises(given)).toBe(expected);
});
