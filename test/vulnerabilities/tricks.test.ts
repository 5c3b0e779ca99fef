import { expect, test } from "vitest";
import type { OsFacts, PackageFacts } from "../../src/contract/package-facts.ts";
import type { AcceptedVulnerability } from "../../src/contract/vulnerability-acceptance.ts";
import { noCriticalVulnerabilities } from "../../src/rules/supply-chain/2.2-no-critical-vulnerabilities.ts";
import type { Advisory, StatedSeverity } from "../../src/vulnerabilities/advisory.ts";
import { matchComponents } from "../../src/vulnerabilities/match/match-components.ts";
import { applyVex } from "../../src/vulnerabilities/vex/apply-vex.ts";
import { readVex } from "../../src/vulnerabilities/vex/read-vex.ts";
import { advisory, dataOf, type GivenData } from "../fixtures/vulnerability-data.ts";

/** Ways to get a yes out of the gate for an image that deserves none. Each ends in no, or in unproven. */
const TODAY = "2026-11-27";
const TRIXIE: OsFacts = { id: "debian", version: "13" };
const CRITICAL: readonly StatedSeverity[] = [{ by: "GHSA", score: 9.8 }];
const CVE = "CVE-2026-1111";
const KEV = { [CVE]: { severities: [], exploited: [{ by: "CISA KEV" }] } };
const ACCEPTED = { reason: "r", author: "a", expires: "2027-01-01" };

interface Trick {
  readonly facts: PackageFacts;
  readonly os?: OsFacts;
  readonly data: GivenData;
  readonly accepted?: readonly AcceptedVulnerability[];
  readonly vex?: object;
}

const npm = (version: string, name = "a"): PackageFacts => ({ type: "npm", name, version });
const deb = (version: string, name = "openssl"): PackageFacts => ({ type: "deb", name, version });

function of(changes: Partial<Advisory> & { readonly fixed?: string } = {}): GivenData {
  return {
    advisories: [
      advisory({
        id: "GHSA-a",
        aliases: [CVE],
        ecosystem: "npm",
        package: "a",
        fixed: "1.2.0",
        severities: CRITICAL,
        ...changes,
      }),
    ],
  };
}

const debian = (fixed: string, changes: Partial<Advisory> = {}): GivenData =>
  of({ ecosystem: "Debian:13", package: "openssl", fixed, ...changes });

function vexOf(product: string, more: object = {}): object {
  const statement = { vulnerability: { name: CVE }, status: "not_affected", products: [product], ...more };
  return { "@context": "https://openvex.dev/ns/v0.2.0", author: "x", statements: [statement] };
}

const TRICKS: Readonly<Record<string, Trick>> = {
  "a fixed version that is none": { facts: npm("1.0.0"), data: of({ fixed: "as soon as possible" }) },
  "an installed version that is none": { facts: npm("newest"), data: of() },
  "no installed version": { facts: npm(""), data: of() },
  "a version of blanks": { facts: npm("   "), data: of() },
  "a pre-release of the fixed version": { facts: npm("1.2.0-rc.1"), data: of() },
  "a version of digits that no number holds": {
    facts: npm("1.99999999999999999999.0"),
    data: of({ fixed: "1.999999999999999999999.0" }),
  },
  "a record without versions": { facts: npm("1.0.0"), data: of({ affected: {} }) },
  "a record of commits alone": {
    facts: npm("1.0.0"),
    data: of({ affected: { ranges: [{ type: "GIT", events: [{ event: "introduced", version: "0" }] }] } }),
  },
  "a backport's `~` behind the fixed version": {
    facts: deb("3.5.9-1~deb13u1~bpo12"),
    os: TRIXIE,
    data: debian("3.5.9-1~deb13u1"),
  },
  "an epoch in the record alone": { facts: deb("9.9-1"), os: TRIXIE, data: debian("1:1.0-1") },
  "an epoch that is no number": { facts: deb("x:9.9-1"), os: TRIXIE, data: debian("1:1.0-1") },
  "a distribution that is derived": {
    facts: deb("1.0-1"),
    os: { id: "kali", version: "2026.1" },
    data: debian("2.0-1"),
  },
  "a release without data": {
    facts: deb("1.0-1"),
    os: { id: "debian", version: "14" },
    data: debian("2.0-1"),
  },
  "no distribution at all": { facts: deb("1.0-1"), data: debian("2.0-1") },
  "a package of another kind in its release": {
    facts: { ...deb("1.0-1"), type: "rpm" },
    os: TRIXIE,
    data: debian("2.0-1"),
  },
  "a binary package renamed, its source kept": {
    facts: { ...deb("9.9-1", "harmless"), source: { name: "openssl", version: "1.0-1" } },
    os: TRIXIE,
    data: debian("2.0-1"),
  },
  "Python's name in another writing": {
    facts: { type: "pypi", name: "PyYAML_Ext", version: "1.0" },
    data: of({ ecosystem: "PyPI", package: "pyyaml-ext", fixed: "2.0" }),
  },
  "a jar without its group": {
    facts: { type: "maven", name: "b", version: "1" },
    data: of({ ecosystem: "Maven", package: "org:b" }),
  },
  "a package of a type that no feed knows": { facts: { type: "nix", name: "a", version: "1" }, data: of() },
  "a package of an ecosystem without data": { facts: { type: "gem", name: "a", version: "1" }, data: of() },
  "a runtime that Bitnami does not know": {
    facts: { type: "generic", name: "own", version: "1" },
    data: { ecosystems: ["Bitnami"] },
  },
  "exploited by the CVE of an alias": { facts: npm("1.0.0"), data: { ...of({ severities: [] }), cves: KEV } },
  "exploited, and unimportant to Debian": {
    facts: deb("1.0-1"),
    os: TRIXIE,
    data: { ...debian("2.0-1", { decision: "unimportant" }), cves: KEV },
  },
  "exploited, and ignored by Debian": {
    facts: deb("1.0-1"),
    os: TRIXIE,
    data: { ...debian("2.0-1", { decision: "ignored" }), cves: KEV },
  },
  "rated by nobody, long ago": { facts: npm("1.0.0"), data: of({ severities: [], published: "2026-01-01" }) },
  "rated by nobody, at no time": { facts: npm("1.0.0"), data: of({ severities: [] }) },
  "rated by nobody, and published in the future to stay young": {
    facts: npm("1.0.0"),
    data: of({ severities: [], published: "2027-01-01" }),
  },
  "rated by nobody, and likely exploited": {
    facts: npm("1.0.0"),
    data: {
      ...of({ severities: [], published: "2027-01-01" }),
      cves: { [CVE]: { severities: [], exploited: [], epss: { score: 0.6, percentile: 1, date: TODAY } } },
    },
  },
  "malware that nobody rates": {
    facts: npm("1.0.0"),
    data: of({ severities: [], isMalware: true, published: TODAY }),
  },
  "an acceptance of the critical one": {
    facts: npm("1.0.0"),
    data: of(),
    accepted: [{ ...ACCEPTED, id: CVE, purl: "pkg:npm/a" }],
  },
  "an acceptance of a CVE that a circle of names joins to it": {
    facts: npm("1.0.0"),
    data: {
      advisories: [
        ...(of({ severities: [], published: "2026-01-01" }).advisories ?? []),
        advisory({ id: "X-1", aliases: ["GHSA-a", "CVE-2026-9999"], ecosystem: "npm", package: "a" }),
      ],
    },
    accepted: [{ ...ACCEPTED, id: "CVE-2026-9999", purl: "pkg:npm/a" }],
  },
  "an acceptance for all packages": {
    facts: npm("1.0.0"),
    data: of({ severities: [] }),
    accepted: [{ ...ACCEPTED, id: CVE, purl: "pkg:npm/*" }],
  },
  "an acceptance that has ended": {
    facts: npm("1.0.0"),
    data: of({ severities: [] }),
    accepted: [{ ...ACCEPTED, id: CVE, purl: "pkg:npm/a", expires: "2026-11-26" }],
  },
  "a VEX statement about the package": { facts: npm("1.0.0"), data: of(), vex: vexOf("pkg:npm/a") },
  "a VEX statement about everything": { facts: npm("1.0.0"), data: of(), vex: vexOf("*") },
  "a VEX statement about another version": { facts: npm("1.0.0"), data: of(), vex: vexOf("pkg:npm/a@0.9.0") },
  "old data": { facts: npm("9.0.0"), data: { ...of(), date: "2026-11-01" } },
  "data of next year": { facts: npm("9.0.0"), data: { ...of(), date: "2027-11-01" } },
  "a release that has reached its end": {
    facts: deb("9.0-1"),
    os: TRIXIE,
    data: { ...debian("2.0-1"), endOfLife: { "debian 13": { isOver: true, source: "endoflife.date" } } },
  },
};

test.each(Object.entries(TRICKS))("%s gets no yes", (_, { facts, os, data, accepted = [], vex }) => {
  const component = { facts, ...(os === undefined ? {} : { os }) };
  const matched = matchComponents([component], dataOf(data), TODAY);
  const statements = vex === undefined ? [] : readVex(Buffer.from(JSON.stringify(vex)), "vex.json");
  const subject = { name: "app", digests: [], purls: ["pkg:npm/a@1.0.0"] };
  const outcome = noCriticalVulnerabilities.check({
    vulnerabilities: applyVex(matched, statements, subject).facts,
    judging: {
      at: `${TODAY}T00:00:00Z`,
      sbomCoverage: 90,
      vulnerabilityDataDays: 5,
      acceptedVulnerabilities: accepted,
    },
  });
  expect(["fail", "unproven"]).toContain(outcome.status);
});

test("the same without a trick gets one", () => {
  const vulnerabilities = matchComponents([{ facts: npm("1.2.0") }], dataOf(of()), TODAY);
  const judging = { at: `${TODAY}T00:00:00Z`, sbomCoverage: 90, vulnerabilityDataDays: 5 };
  expect(noCriticalVulnerabilities.check({ vulnerabilities, judging }).status).toBe("pass");
});
