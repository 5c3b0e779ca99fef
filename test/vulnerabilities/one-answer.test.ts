import { describe, expect, test } from "vitest";
import { affectedImages } from "../../src/assess/affected-images.ts";
import { ImageVulnerabilities } from "../../src/assess/image-vulnerabilities.ts";
import { imageSubject } from "../../src/assess/scanned-subject.ts";
import { StoredComponents } from "../../src/assess/stored-components.ts";
import { SubjectJudge } from "../../src/assess/subject-judge.ts";
import { VulnerabilityJudge } from "../../src/assess/vulnerability-judge.ts";
import type { ComponentFacts, ImagePackages, OsFacts } from "../../src/contract/package-facts.ts";
import type { AcceptedVulnerability } from "../../src/contract/vulnerability-acceptance.ts";
import type { ImageEvidence } from "../../src/evidence/file.ts";
import { selectorHashes } from "../../src/evidence/rule-selectors.ts";
import { ALL_RULES, RULES } from "../../src/rules/index.ts";
import { imageFacts, referenceFacts } from "../fixtures/image-facts.ts";
import { ecosystemCoverage, foundSbom, NO_PACKAGES, sbomFacts } from "../fixtures/sbom-facts.ts";
import { advisory, dataOf, type GivenData } from "../fixtures/vulnerability-data.ts";

/**
 * Date of the tests. `check`, `vulns IMAGE` and `vulns affected` give the same answer, for any image and
 * data.
 */
const TODAY = "2026-11-27";
const DEBIAN: OsFacts = { id: "debian", version: "13" };

function part(
  type: ComponentFacts["type"],
  name: string,
  version: string,
  more: Partial<ComponentFacts> = {},
): ComponentFacts {
  return { type, name, version, path: `/app/${name}`, layer: 0, cataloger: "node-modules", ...more };
}

const LODASH = part("npm", "lodash", "4.17.21");

interface Held {
  readonly packages: Partial<ImagePackages>;
  readonly stated?: readonly string[];
  readonly unreadLayer?: true;
}

const UNOWNED = { path: "/usr/bin/agent", bytes: 90_000_000, kind: "program", layer: 0 } as const;

const IMAGES: Readonly<Record<string, Held>> = {
  "a repaired package": { packages: { components: [LODASH] } },
  "a vulnerable package": { packages: { components: [part("npm", "lodash", "4.17.15")] } },
  "a vulnerable package of low gravity": { packages: { components: [part("npm", "low", "1.0.0")] } },
  "a package that nobody has rated": { packages: { components: [part("npm", "unrated", "1.0.0")] } },
  malware: { packages: { components: [part("npm", "evil", "1.0.0")] } },
  "a version that is none": { packages: { components: [part("npm", "lodash", "newest")] } },
  "a vulnerable package that only the SBOM names": {
    packages: { components: [LODASH] },
    stated: ["npm/lodash@4.17.15"],
  },
  "a repaired package that only the SBOM names": {
    packages: { components: [LODASH] },
    stated: ["npm/lodash@4.17.20-x"],
  },
  "an unread list": {
    packages: {
      components: [LODASH],
      unread: [{ path: "/lib/apk/db/installed", layer: 0, cataloger: "apk", why: "damaged" }],
    },
  },
  "a hidden list": {
    packages: {
      components: [LODASH],
      hidings: [
        {
          path: "/var/lib/dpkg/status",
          layer: 0,
          cataloger: "dpkg",
          packages: 4,
          names: ["bash"],
          by: { layer: 1, way: "deleted" },
        },
      ],
    },
  },
  "programs of nobody": {
    packages: {
      components: [LODASH],
      executables: {
        count: 1,
        bytes: 90_000_000,
        unowned: 1,
        unownedBytes: 90_000_000,
        largestUnowned: [UNOWNED],
      },
    },
  },
  "a system that contradicts itself": {
    packages: {
      components: [LODASH],
      osConflict: [
        { system: "debian 12", path: "/etc/os-release", layer: 0 },
        { system: "debian 13", path: "/usr/lib/os-release", layer: 0 },
      ],
    },
  },
  "a layer that was not read": { packages: { components: [LODASH] }, unreadLayer: true },
  "no package at all": { packages: {} },
  "a package of an ecosystem without records": {
    packages: { components: [part("cargo", "serde", "1.0.0")] },
  },
  "a system that nobody looks after": {
    packages: { os: { id: "debian", version: "8" }, components: [part("deb", "bash", "5.0-1")] },
  },
  "a maintained system": { packages: { os: DEBIAN, components: [part("deb", "bash", "9.0-1"), LODASH] } },
  "a vulnerable package of a system": {
    packages: { os: DEBIAN, components: [part("deb", "bash", "5.0-1"), LODASH] },
  },
};

const critical = [{ by: "GHSA", word: "critical" }] as const;
const ADVISORIES = [
  advisory({
    id: "GHSA-a",
    aliases: ["CVE-2026-1111"],
    ecosystem: "npm",
    package: "lodash",
    fixed: "4.17.16",
    severities: critical,
  }),
  advisory({
    id: "GHSA-l",
    ecosystem: "npm",
    package: "low",
    fixed: "2.0.0",
    severities: [{ by: "GHSA", word: "low" }],
  }),
  advisory({
    id: "GHSA-u",
    ecosystem: "npm",
    package: "unrated",
    fixed: "2.0.0",
    severities: [],
    published: "2025-01-01T00:00:00Z",
  }),
  advisory({
    id: "MAL-1",
    ecosystem: "npm",
    package: "evil",
    fixed: "9.0.0",
    severities: [],
    isMalware: true,
  }),
  advisory({
    id: "DSA-1",
    ecosystem: "Debian:13",
    package: "bash",
    fixed: "6.0-1",
    severities: [{ by: "Debian", word: "critical" }],
  }),
];

const DATA: Readonly<Record<string, GivenData>> = {
  "fresh data": { advisories: ADVISORIES },
  "data of 2024": { advisories: ADVISORIES, date: "2024-01-01" },
  "data of tomorrow": { advisories: ADVISORIES, date: "2027-01-01" },
  "data without npm": { ecosystems: ["PyPI"], date: "2024-01-01" },
  "data that know no end of support": { advisories: ADVISORIES, supportUnknown: true },
  "data by which everything is exploited": {
    advisories: ADVISORIES,
    cves: { "CVE-2026-1111": { severities: [], exploited: [{ by: "CISA KEV" }] } },
  },
  "data by which Debian 13 is over": {
    advisories: ADVISORIES,
    endOfLife: { "debian 13": { on: "2026-01-01", isOver: true, source: "endoflife.date" } },
  },
};

const ACCEPTED: Readonly<Record<string, readonly AcceptedVulnerability[]>> = {
  "no acceptance": [],
  "an acceptance of what nobody has rated": [
    { id: "GHSA-u", purl: "pkg:npm/unrated@1.0.0", reason: "r", author: "a", expires: "2027-01-01" },
  ],
  "an acceptance of malware": [
    { id: "MAL-1", purl: "pkg:npm/evil@1.0.0", reason: "r", author: "a", expires: "2027-01-01" },
  ],
  "an acceptance that has ended": [
    { id: "GHSA-u", purl: "pkg:npm/unrated@1.0.0", reason: "r", author: "a", expires: "2026-01-01" },
  ],
};

function evidenceOf({ packages, stated = [], unreadLayer }: Held): ImageEvidence {
  const unread = { unread: { fr: "absente de la source", en: "not in the source" } };
  const coverage = {
    ecosystems: [ecosystemCoverage({ packages: 1, named: 1, missing: { count: 0, names: [] } })],
    unseen: { count: stated.length, names: [] },
    unseenPackages: stated,
  };
  return {
    image: imageFacts({
      layers: [unreadLayer === undefined ? {} : unread, {}],
      facts: { asked: selectorHashes(RULES) },
    }),
    reference: referenceFacts(),
    sbom: sbomFacts({
      packages: { ...NO_PACKAGES, ...packages },
      documents: [foundSbom({ about: "this" })],
      coverage,
    }),
    origin: { by: "own-run", douane: "0.1.0" },
  };
}

const YES_NO = { pass: "yes", fail: "no", unproven: "unproven", "n/a": "yes" } as const;

const TABLE = Object.entries(DATA).flatMap(([data, given]) =>
  Object.entries(ACCEPTED).flatMap(([acceptance, accepted]) =>
    Object.entries(IMAGES).map(
      ([image, held]) => [image, data, acceptance, { held, given, accepted }] as const,
    ),
  ),
);

describe("one answer", () => {
  const answers = new Set<string>();

  test.each(TABLE)("%s, %s, %s", (_, _data, _acceptance, { held, given, accepted }) => {
    const policy = { acceptedVulnerabilities: [...accepted] };
    const data = dataOf(given);
    const evidence = evidenceOf(held);
    const judge = new VulnerabilityJudge(data, policy, { today: TODAY });
    const check = new SubjectJudge({
      rules: ALL_RULES,
      minor: 34,
      enforceFuture: false,
      judging: judge.judging,
      vulnerabilities: new ImageVulnerabilities(data, TODAY, accepted),
      accepted: { acceptances: [], today: TODAY },
    }).image(evidence, undefined);
    const row = check.rows.find(({ id }) => id === "sbom")?.answer;

    const scan = YES_NO[judge.outcome(judge.scanned(imageSubject(evidence))).status];
    const stored = new StoredComponents();
    stored.add(evidence);
    const { affected, doubts } = affectedImages(stored, judge, new Set());
    const open = affected.length > 0 || doubts.length > 0 ? "unproven" : "yes";
    const many = affected.some(({ isOpen }) => isOpen !== true) ? "no" : open;

    expect([scan, many]).toEqual([row, row]);
    answers.add(scan);
  });

  test("is each of the three somewhere in the table", () => {
    expect([...answers].toSorted()).toEqual(["no", "unproven", "yes"]);
  });
});
