import { expect, test } from "vitest";
import { advisory, dataOf, type GivenData } from "../../../test/fixtures/vulnerability-data.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { ComponentFacts, OsFacts, PackageFacts } from "../../contract/package-facts.ts";
import type { VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";
import { matchComponents } from "./match-components.ts";
import { componentsOfImage } from "./matched-component.ts";

const TODAY = "2026-11-27";
const TRIXIE: OsFacts = { id: "debian", version: "13" };
const OPENSSL = advisory({
  id: "DEBIAN-CVE-2026-1111",
  aliases: ["CVE-2026-1111"],
  ecosystem: "Debian:13",
  package: "openssl",
  fixed: "3.5.9-1~deb13u1",
});
const EXTENDED = advisory({
  id: "RHSA-E",
  ecosystem: "Red Hat:rhel_eus:9.2::appstream",
  package: "podman",
  fixed: "2:4.4.1-21.el9_2",
});

function matched(facts: PackageFacts, data: GivenData, os?: OsFacts): VulnerabilityFacts {
  return matchComponents(
    [{ facts, path: "/x", layer: 0, ...(os === undefined ? {} : { os }) }],
    dataOf(data),
    TODAY,
  );
}

/** `CVE-… fixed …`, or why the component was not compared. */
function told(facts: PackageFacts, data: GivenData, os?: OsFacts): readonly string[] {
  const { findings, unmatched } = matched(facts, data, os);
  return [
    ...findings.map(({ id, fixedIn, uncertain }) => `${id} ${uncertain ?? fixedIn.join(",")}`),
    ...unmatched.map(({ why, ecosystem }) => `${why} ${ecosystem}`),
  ];
}

test.each<[string, PackageFacts, GivenData, OsFacts | undefined, readonly string[]]>([
  [
    "a package of Debian by its source's name and version",
    {
      type: "deb",
      name: "libssl3t64",
      version: "3.5.7-1~deb13u3+b1",
      source: { name: "openssl", version: "3.5.7-1~deb13u3" },
    },
    { advisories: [OPENSSL] },
    TRIXIE,
    ["CVE-2026-1111 3.5.9-1~deb13u1"],
  ],
  [
    "the repaired one",
    { type: "deb", name: "openssl", version: "3.5.9-1~deb13u1" },
    { advisories: [OPENSSL] },
    TRIXIE,
    [],
  ],
  [
    "`~` stands before nothing: what is to become the fixed version is not repaired",
    { type: "deb", name: "openssl", version: "3.5.9-1~deb13u1~bpo12" },
    { advisories: [OPENSSL] },
    TRIXIE,
    ["CVE-2026-1111 3.5.9-1~deb13u1"],
  ],
  [
    "records of another release say nothing",
    { type: "deb", name: "openssl", version: "3.0.1-1" },
    { advisories: [OPENSSL] },
    { id: "debian", version: "12" },
    ["data Debian:12"],
  ],
  [
    "nor those of what a distribution derives from",
    { type: "deb", name: "openssl", version: "3.0.1-1" },
    { advisories: [OPENSSL] },
    { id: "raspbian", version: "13" },
    ["distribution raspbian-13"],
  ],
  [
    "a package without a distribution",
    { type: "deb", name: "openssl", version: "3.0.1-1" },
    { advisories: [OPENSSL] },
    undefined,
    ["distribution deb"],
  ],
  [
    "headers of the kernel are not the kernel",
    {
      type: "deb",
      name: "linux-libc-dev",
      version: "6.12.1-1",
      source: { name: "linux", version: "6.12.1-1" },
    },
    { advisories: [advisory({ id: "CVE-2026-2", ecosystem: "Debian:13", package: "linux" })] },
    TRIXIE,
    [],
  ],
  [
    "documentation that a record names is compared with this record, and with none of its source",
    {
      type: "rpm",
      name: "kernel-doc",
      version: "4.18.0-513.9.0.el8_9",
      source: { name: "kernel", version: "4.18.0-513.9.0.el8_9" },
    },
    {
      advisories: [
        advisory({
          id: "ALSA-1",
          ecosystem: "AlmaLinux:8",
          package: "kernel-doc",
          fixed: "4.18.0-513.9.1.el8_9",
        }),
        advisory({ id: "ALSA-2", ecosystem: "AlmaLinux:8", package: "kernel", fixed: "4.18.0-600.el8" }),
      ],
    },
    { id: "almalinux", version: "8.9" },
    ["ALSA-1 4.18.0-513.9.1.el8_9"],
  ],
  [
    "documentation that a record names is repaired by the version that the record gives",
    { type: "rpm", name: "kernel-doc", version: "4.18.0-513.9.1.el8_9" },
    {
      advisories: [
        advisory({
          id: "ALSA-1",
          ecosystem: "AlmaLinux:8",
          package: "kernel-doc",
          fixed: "4.18.0-513.9.1.el8_9",
        }),
      ],
    },
    { id: "almalinux", version: "8.9" },
    [],
  ],
  [
    "a record of extended updates names the finding, and its silence proves nothing of the main stream",
    { type: "rpm", name: "podman", version: "2:4.4.1-20.el9_2" },
    { advisories: [EXTENDED] },
    { id: "redhat", version: "9.2" },
    ["RHSA-E 2:4.4.1-21.el9_2", "data Red Hat:enterprise_linux:9::appstream"],
  ],
  [
    "extended updates of another minor release",
    { type: "rpm", name: "podman", version: "2:4.4.1-20.el9_2" },
    { advisories: [EXTENDED], ecosystems: ["Red Hat:enterprise_linux:9::appstream"] },
    { id: "rhel", version: "9.4" },
    [],
  ],
  [
    "extended updates beside the main stream",
    { type: "rpm", name: "podman", version: "2:4.4.1-20.el9_2" },
    { advisories: [EXTENDED], ecosystems: ["Red Hat:enterprise_linux:9::appstream"] },
    { id: "rhel", version: "9.2" },
    ["RHSA-E 2:4.4.1-21.el9_2"],
  ],
  [
    "a package of rpm by its source's name, with the epoch that the source's file does not tell",
    {
      type: "rpm",
      name: "openssl-libs",
      version: "1:3.2.2-6.el9_5.1",
      source: { name: "openssl", version: "3.2.2-6.el9_5.1" },
    },
    {
      advisories: [
        advisory({
          id: "RLSA-1",
          ecosystem: "Rocky Linux:9",
          package: "openssl",
          fixed: "1:3.2.2-6.el9_5.1",
        }),
        advisory({ id: "RLSA-2", ecosystem: "Rocky Linux:9", package: "openssl", fixed: "1:3.2.2-7.el9" }),
      ],
    },
    { id: "rocky", version: "9.5" },
    ["RLSA-2 1:3.2.2-7.el9"],
  ],
  [
    "Ubuntu by its long-term name",
    { type: "deb", name: "curl", version: "8.5.0-2ubuntu10.1" },
    {
      advisories: [
        advisory({
          id: "UBUNTU-CVE-2026-5555",
          ecosystem: "Ubuntu:24.04:LTS",
          package: "curl",
          fixed: "8.5.0-2ubuntu10.2",
        }),
      ],
    },
    { id: "ubuntu", version: "24.04" },
    ["CVE-2026-5555 8.5.0-2ubuntu10.2"],
  ],
  [
    "an npm package with its scope",
    { type: "npm", namespace: "@scope", name: "a", version: "1.0.0" },
    { advisories: [advisory({ id: "GHSA-1", ecosystem: "npm", package: "@scope/a", fixed: "1.0.1" })] },
    undefined,
    ["GHSA-1 1.0.1"],
  ],
  [
    "a jar that does not say its group",
    { type: "maven", name: "b", version: "1.0" },
    { advisories: [advisory({ id: "GHSA-2", ecosystem: "Maven", package: "org.a:b", fixed: "1.1" })] },
    undefined,
    ["GHSA-2 group"],
  ],
  [
    "a jar whose name no group's records know",
    { type: "maven", name: "c", version: "1.0" },
    { advisories: [advisory({ id: "GHSA-2", ecosystem: "Maven", package: "org.a:b", fixed: "1.1" })] },
    undefined,
    [],
  ],
  [
    "a jar fixed in each group",
    { type: "maven", name: "b", version: "1.1" },
    { advisories: [advisory({ id: "GHSA-2", ecosystem: "Maven", package: "org.a:b", fixed: "1.1" })] },
    undefined,
    [],
  ],
  [
    "a jar whose manifest makes another group likely",
    { type: "maven", namespace: "org", groupGuessed: true, name: "b", version: "1.0" },
    { advisories: [advisory({ id: "GHSA-2", ecosystem: "Maven", package: "org.a:b", fixed: "1.1" })] },
    undefined,
    ["GHSA-2 group"],
  ],
  [
    "a jar whose manifest makes the right group likely",
    { type: "maven", namespace: "org.a", groupGuessed: true, name: "b", version: "1.0" },
    { advisories: [advisory({ id: "GHSA-2", ecosystem: "Maven", package: "org.a:b", fixed: "1.1" })] },
    undefined,
    ["GHSA-2 1.1"],
  ],
  [
    "a jar that states its group",
    { type: "maven", namespace: "org", name: "b", version: "1.0" },
    { advisories: [advisory({ id: "GHSA-2", ecosystem: "Maven", package: "org.a:b", fixed: "1.1" })] },
    undefined,
    [],
  ],
  [
    "a runtime outside package managers",
    { type: "generic", name: "openjdk", version: "21.0.1" },
    {
      advisories: [
        advisory({ id: "BIT-java-2026-1", ecosystem: "Bitnami", package: "java", fixed: "21.0.2" }),
      ],
    },
    undefined,
    ["BIT-java-2026-1 21.0.2"],
  ],
  [
    "Java as it called its versions before 9, by those that it would have had since",
    { type: "generic", name: "openjdk", version: "1.8.0_452-b09" },
    {
      advisories: [
        advisory({ id: "BIT-java-2026-1", ecosystem: "Bitnami", package: "java", fixed: "8.0.452" }),
        advisory({ id: "BIT-java-2026-2", ecosystem: "Bitnami", package: "java", fixed: "8.0.462" }),
      ],
    },
    undefined,
    ["BIT-java-2026-2 8.0.462"],
  ],
  [
    "a program of which Bitnami says nothing at all",
    { type: "generic", name: "caddy", version: "2.0.0" },
    { ecosystems: ["Bitnami"] },
    undefined,
    ["type generic/caddy"],
  ],
  ["a type that no feed speaks of", { type: "nix", name: "a", version: "1" }, {}, undefined, ["type nix"]],
  ["an ecosystem without data", { type: "gem", name: "a", version: "1" }, {}, undefined, ["data RubyGems"]],
  [
    "a fixed version that is none",
    { type: "npm", name: "a", version: "1.0.0" },
    {
      advisories: [advisory({ id: "GHSA-3", ecosystem: "npm", package: "a", fixed: "as soon as possible" })],
    },
    undefined,
    ["GHSA-3 stated-version"],
  ],
  [
    "a record without ranges",
    { type: "npm", name: "a", version: "1.0.0" },
    { advisories: [advisory({ id: "GHSA-4", ecosystem: "npm", package: "a", affected: {} })] },
    undefined,
    ["GHSA-4 nothing-stated"],
  ],
  [
    "what the distribution says is not affected",
    { type: "deb", name: "openssl", version: "3.5.7-1" },
    {
      advisories: [
        OPENSSL,
        { ...OPENSSL, id: "CVE-2026-1111", feed: "debian-tracker", decision: "not-affected" },
      ],
    },
    TRIXIE,
    [],
  ],
  [
    "Alpine by origin and branch",
    { type: "apk", name: "libssl3", version: "3.5.4-r0", source: { name: "openssl", version: "3.5.4-r0" } },
    {
      advisories: [
        advisory({ id: "CVE-2026-3", ecosystem: "Alpine:v3.22", package: "openssl", fixed: "3.5.5-r0" }),
        advisory({ id: "CVE-2026-4", ecosystem: "Alpine:v3.21", package: "openssl", fixed: "9-r0" }),
      ],
    },
    { id: "alpine", version: "3.22.1" },
    ["CVE-2026-3 3.5.5-r0"],
  ],
  [
    "Python's names in any writing",
    { type: "pypi", name: "Zope.Interface", version: "1.0" },
    { advisories: [advisory({ id: "PYSEC-1", ecosystem: "PyPI", package: "zope-interface", fixed: "5.0" })] },
    undefined,
    ["PYSEC-1 5.0"],
  ],
  [
    "Maven by group and artifact",
    { type: "maven", namespace: "org.a", name: "b", version: "1.0" },
    { advisories: [advisory({ id: "GHSA-2", ecosystem: "Maven", package: "org.a:b", fixed: "1.1" })] },
    undefined,
    ["GHSA-2 1.1"],
  ],
  [
    "Go's own library by the version that built the program",
    { type: "golang", name: "stdlib", version: "1.19.4" },
    { advisories: [advisory({ id: "GO-2023-1", ecosystem: "Go", package: "stdlib", fixed: "1.19.5" })] },
    undefined,
    ["GO-2023-1 1.19.5"],
  ],
  [
    "Go's toolchain brings its library, too",
    { type: "golang", name: "go", version: "1.19.4" },
    { advisories: [advisory({ id: "GO-2023-1", ecosystem: "Go", package: "stdlib", fixed: "1.19.5" })] },
    undefined,
    ["GO-2023-1 1.19.5"],
  ],
  [
    "a module by its whole path, of which no version is known",
    { type: "golang", namespace: "example.org/a", name: "b", version: "" },
    {
      advisories: [
        advisory({ id: "GO-2023-2", ecosystem: "Go", package: "example.org/a/b", fixed: "1.0.0" }),
      ],
    },
    undefined,
    ["GO-2023-2 installed-version"],
  ],
])("%s", (_, facts, data, os, expected) => {
  expect(told(facts, data, os)).toEqual(expected);
});

test("one finding of all records that share a name, with what each repairs", () => {
  const of = { ecosystem: "npm", package: "a" };
  const { findings } = matched(
    { type: "npm", name: "a", version: "1.0.0" },
    {
      advisories: [
        advisory({
          id: "GHSA-a",
          aliases: ["CVE-2026-1111"],
          fixed: "1.0.1",
          ...of,
          severities: [{ by: "GHSA", score: 9.8, word: "critical" }],
          published: "2026-02-01",
        }),
        advisory({ id: "SNYK-a", aliases: ["GHSA-a"], fixed: "1.0.2", ...of, summary: "holes" }),
      ],
      cves: {
        "CVE-2026-1111": {
          severities: [{ by: "NVD", score: 7.5 }],
          exploited: [{ by: "CISA KEV", since: "2026-03-01" }],
          published: "2026-01-01",
          epss: { score: 0.7, percentile: 0.99, date: "2026-11-26" },
        },
      },
    },
  );
  expect(findings).toEqual([
    {
      id: "CVE-2026-1111",
      aliases: ["GHSA-a", "SNYK-a"],
      component: { purl: "pkg:npm/a@1.0.0", type: "npm", name: "a", version: "1.0.0", path: "/x", layer: 0 },
      ecosystem: "npm",
      fixedIn: ["1.0.1", "1.0.2"],
      severity: {
        level: "critical",
        by: "GHSA",
        score: 9.8,
        stated: [
          { by: "GHSA", level: "critical", score: 9.8 },
          { by: "NVD", level: "high", score: 7.5 },
        ],
      },
      exploited: [{ by: "CISA KEV", since: "2026-03-01" }],
      epss: { score: 0.7, percentile: 0.99, date: "2026-11-26" },
      summary: "holes",
      published: "2026-01-01",
    },
  ]);
});

test("a distribution and a runtime that have reached their end are told, with the day and who says so", () => {
  const end = { on: "2024-08-14", isOver: true, source: "endoflife.date" };
  const data = dataOf({
    ecosystems: ["Debian:11"],
    advisories: [advisory({ id: "BIT-node-1", ecosystem: "Bitnami", package: "node", fixed: "1.0.0" })],
    endOfLife: {
      "debian 11": end,
      "nodejs 18": { on: "2026-11-27", isOver: false, source: "endoflife.date" },
    },
  });
  const os = { id: "debian", version: "11" };
  const components = [
    { facts: { type: "deb", name: "a", version: "1" } as const, os },
    { facts: { type: "generic", name: "node", version: "18.20.4" } as const, os },
  ];
  expect(matchComponents(components, data, TODAY).endOfLife).toEqual([
    { product: "debian", cycle: "11", on: "2024-08-14", source: "endoflife.date" },
  ]);
  expect(matchComponents(components, data, "2026-11-28").endOfLife).toContainEqual({
    product: "nodejs",
    cycle: "18",
    on: "2026-11-27",
    source: "endoflife.date",
    purl: "pkg:generic/node@18.20.4",
  });
});

test("what the data do not know the end of support of is told, each release once", () => {
  const os = { id: "debian", version: "9" };
  const given = { ecosystems: ["Debian:9", "Bitnami"], supportUnknown: true } as const;
  const components = [
    { facts: { type: "deb", name: "a", version: "1" } as const, os },
    { facts: { type: "deb", name: "b", version: "1" } as const, os },
    { facts: { type: "generic", name: "node", version: "18.20.4" } as const },
    { facts: { type: "generic", name: "own", version: "1" } as const },
    { facts: { type: "npm", name: "c", version: "1" } as const },
  ];
  expect(matchComponents(components, dataOf(given), TODAY)).toMatchObject({
    endOfLife: [],
    supportUnknown: [
      { product: "debian", cycle: "9" },
      { product: "nodejs", cycle: "18" },
    ],
  });
  expect(matchComponents(components, dataOf({}), TODAY).supportUnknown).toBeUndefined();
});

test("components of one purl are one; what was compared with nothing is counted and named", () => {
  const twice = { facts: { type: "conda", name: "a", version: "1" } as const, path: "/a", layer: 0 };
  const { unmatched, compared } = matchComponents([twice, { ...twice, path: "/b" }], dataOf({}), TODAY);
  expect(unmatched).toEqual([
    {
      why: "type",
      ecosystem: "conda",
      count: 1,
      components: [{ purl: "pkg:conda/a@1", path: "/a", layer: 0 }],
    },
  ]);
  expect(compared).toEqual([]);
});

test("as many findings and unmatched components are kept as the bounds vulnerabilityFindings and unmatchedNamed say", () => {
  const records = Array.from({ length: LIMITS.vulnerabilityFindings + 1 }, (_, index) =>
    advisory({ id: `GHSA-${index}`, ecosystem: "npm", package: "a" }),
  );
  const facts = matched({ type: "npm", name: "a", version: "1.0.0" }, { advisories: records });
  expect([facts.findings.length, facts.cut]).toEqual([LIMITS.vulnerabilityFindings, true]);
  const many = Array.from({ length: LIMITS.unmatchedNamed + 1 }, (_, index) => ({
    facts: { type: "conda", name: `a${index}`, version: "1" } as const,
  }));
  const [group] = matchComponents(many, dataOf({}), TODAY).unmatched;
  expect([group?.count, group?.components.length]).toEqual([many.length, LIMITS.unmatchedNamed]);
});

test("what a package of the distribution brought is the distribution's to repair, where the data speak of it", () => {
  const requests = advisory({ id: "GHSA-r", ecosystem: "PyPI", package: "requests", fixed: "2.32.4" });
  const stated = {
    type: "pypi",
    name: "requests",
    version: "2.32.3",
    layer: 0,
    cataloger: "python",
  } as const;
  const brought = { ...stated, path: "/usr/lib/requests.dist-info/METADATA", ofDistribution: true } as const;
  const other = { ...stated, path: "/app/requests.dist-info/METADATA" };
  const data = dataOf({ advisories: [requests], ecosystems: ["Debian:13"] });
  const found = (components: readonly ComponentFacts[], of = data) =>
    matchComponents(componentsOfImage({ os: TRIXIE, components }), of, TODAY).findings.map(({ id }) => id);
  expect(found([brought])).toEqual([]);
  expect(found([other])).toEqual(["GHSA-r"]);
  expect(found([brought, other])).toEqual(["GHSA-r"]);
  expect(found([brought], dataOf({ advisories: [requests] }))).toEqual(["GHSA-r"]);
});

test.each([
  ["bash-doc", 1],
  ["python-docs", 1],
  ["manpages", 1],
  ["manpages-dev", 1],
  ["linux-libc-dev", 1],
  ["python3-pytest-html", 0],
  ["golang-github-man", 0],
  ["openssl", 0],
])("%s is compared with nothing, or is not: %i", (name, inert) => {
  expect(matched({ type: "deb", name, version: "1" }, { advisories: [OPENSSL] }, TRIXIE).inert).toBe(inert);
});

test("a package of Go that another tool's document names may be its module's, as far as the data know that", () => {
  const crypto = advisory({ id: "GO-1", ecosystem: "Go", package: "golang.org/x/crypto", fixed: "0.17.0" });
  const facts = { type: "golang", namespace: "golang.org/x/crypto", name: "ssh", version: "v0.1.0" } as const;
  const found = (isOtherTools?: true, name = "ssh") =>
    matchComponents(
      [{ facts: { ...facts, name }, ...(isOtherTools ? { isOtherTools } : {}) }],
      dataOf({ advisories: [crypto] }),
      TODAY,
    ).findings.map(({ id, uncertain }) => [id, uncertain]);
  const may = [["GO-1", "enclosing-module"]];
  expect([found(true), found(true, "ssh/agent"), found()]).toEqual([may, may, []]);
  const other = { ...facts, namespace: "example.fr/a" };
  const { compared } = matchComponents(
    [{ facts: other, isOtherTools: true }],
    dataOf({ advisories: [crypto] }),
    TODAY,
  );
  expect(compared).toEqual([{ ecosystem: "Go", components: 1 }]);
});

/**
 * Findings as `id uncertain` for a module at versions below 1.10.0, stated by another tool's document or by
 * an image.
 */
function goFindings(module: string, stated: readonly string[], isOtherTools = true): readonly string[] {
  const data = dataOf({
    advisories: [advisory({ id: "GO-1", ecosystem: "Go", package: module, fixed: "1.10.0" })],
  });
  const components = stated.map((one) => {
    const [path = "", version = ""] = one.split("@");
    const slash = path.lastIndexOf("/");
    const facts = {
      type: "golang",
      namespace: path.slice(0, slash),
      name: path.slice(slash + 1),
      version,
    } as const;
    return { facts, ...(isOtherTools ? { isOtherTools: true as const } : {}) };
  });
  return matchComponents(components, data, TODAY).findings.map(
    ({ component: { namespace, name, version }, uncertain = "" }) =>
      `${namespace}/${name}@${version} ${uncertain}`.trim(),
  );
}

const CONSUL = "github.com/hashicorp/consul";

test.each<[string, string, readonly string[], readonly string[]]>([
  ["the module", CONSUL, [`${CONSUL}@v1.9.0`], [`${CONSUL}@v1.9.0`]],
  ["a path within it", CONSUL, [`${CONSUL}/api@v1.9.0`], [`${CONSUL}/api@v1.9.0 enclosing-module`]],
  ["at a repaired version", CONSUL, [`${CONSUL}/api@v1.10.0`], []],
  [
    "a path beside the module, which the document lists: a module of its own, or one finding is the module's",
    CONSUL,
    [`${CONSUL}@v1.19.0`, `${CONSUL}/api@v1.9.0`],
    [],
  ],
  [
    "the module lists itself at an affected version",
    CONSUL,
    [`${CONSUL}@v1.9.0`, `${CONSUL}/api@v1.9.0`],
    [`${CONSUL}@v1.9.0`],
  ],
  [
    "a nearer module, which the document lists",
    "a.b/c",
    ["a.b/c/d@v1.1.0", "a.b/c/d/e@v1.1.0"],
    ["a.b/c/d@v1.1.0 enclosing-module"],
  ],
  ["its next major version is another module", "a.b/c", ["a.b/c/v2@v2.0.0-rc1", "a.b/c/v2/d@v2.0.0"], []],
  [
    "a folder v2 of major version 1 is no module",
    "a.b/c",
    ["a.b/c/v2@v1.9.0"],
    ["a.b/c/v2@v1.9.0 enclosing-module"],
  ],
  ["a name that goes on is another one", CONSUL, [`${CONSUL}x@v1.9.0`], []],
  [
    "in lower case, as purls of golang are",
    "github.com/Azure/Foo",
    ["github.com/azure/foo@v1.9.0"],
    ["github.com/azure/foo@v1.9.0"],
  ],
  ["as the record", "github.com/Azure/Foo", ["github.com/Azure/Foo@v1.9.0"], ["github.com/Azure/Foo@v1.9.0"]],
  [
    "the record in lower case",
    "github.com/0xjacky/nginx-ui",
    ["github.com/0xJacky/Nginx-UI@v1.9.0"],
    ["github.com/0xJacky/Nginx-UI@v1.9.0"],
  ],
  [
    "a path within, in lower case",
    "github.com/Azure/Foo",
    ["github.com/azure/foo/bar@v1.9.0"],
    ["github.com/azure/foo/bar@v1.9.0 enclosing-module"],
  ],
])("Go, a document of another tool: %s", (_, module, stated, expected) => {
  expect(goFindings(module, stated)).toEqual(expected);
});

test("Go: a module is what an image states, and no record of the one around it is about it", () => {
  expect(goFindings(CONSUL, [`${CONSUL}/api@v1.9.0`, `${CONSUL}@v1.9.0`], false)).toEqual([
    `${CONSUL}@v1.9.0`,
  ]);
});

test.each<[string, boolean, readonly string[]]>([
  ["github.com/0xJacky/Nginx-UI", false, ["GO-M"]],
  ["github.com/0xJacky/nginx-ui", false, ["GO-m"]],
  ["github.com/0xJacky/nginx-ui", true, ["GO-m"]],
  ["github.com/0xjacky/nginx-ui", true, ["GO-M", "GO-m"]],
  ["github.com/0XJACKY/NGINX-UI", false, ["GO-M", "GO-m"]],
])("Go: of two spellings of %s in records, by another tool: %s, count %j", (path, isOtherTools, expected) => {
  const record = (id: string, module: string) =>
    advisory({ id, ecosystem: "Go", package: module, fixed: "2.0.0" });
  const advisories = [
    record("GO-M", "github.com/0xJacky/Nginx-UI"),
    record("GO-m", "github.com/0xJacky/nginx-ui"),
  ];
  const slash = path.lastIndexOf("/");
  const facts = {
    type: "golang",
    namespace: path.slice(0, slash),
    name: path.slice(slash + 1),
    version: "v1.0.0",
  } as const;
  const component = isOtherTools ? { facts, isOtherTools } : { facts };
  const { findings } = matchComponents([component], dataOf({ advisories }), TODAY);
  expect(findings.map(({ id, uncertain }) => `${id}${uncertain ?? ""}`).toSorted()).toEqual(expected);
});

test.each<[string, string, boolean, readonly (readonly [string, string?])[]]>([
  ["JSONStream", "JSONStream", false, [["GHSA-J"]]],
  ["jsonstream", "jsonstream", false, [["GHSA-j"], ["MAL-j"]]],
  [
    "jsonstream, which another tool may have lowered",
    "jsonstream",
    true,
    [["GHSA-J", "letter-case"], ["GHSA-j"], ["MAL-j"]],
  ],
  ["JSONStream, which no tool lowered", "JSONStream", true, [["GHSA-J"]]],
])("npm: names that differ in case alone are two packages: %s", (_, name, isOtherTools, expected) => {
  const record = (id: string, packageName: string) =>
    advisory({
      id,
      ecosystem: "npm",
      package: packageName,
      fixed: "2.0.0",
      ...(id.startsWith("MAL") ? { isMalware: true } : {}),
    });
  const advisories = [
    record("GHSA-J", "JSONStream"),
    record("MAL-J", "JSonStream"),
    record("GHSA-j", "jsonstream"),
    record("MAL-j", "jsonstream"),
  ];
  const facts = { type: "npm", name, version: "1.0.0" } as const;
  const component = isOtherTools ? { facts, isOtherTools } : { facts };
  const { findings } = matchComponents([component], dataOf({ advisories }), TODAY);
  expect(
    findings
      .map(({ id, uncertain }) => (uncertain === undefined ? [id] : [id, uncertain]))
      .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  ).toEqual(expected);
});

test.each<[string, string, boolean]>([
  ["6.0", "Debian:6.0", true],
  ["6", "Debian:6.0", true],
  ["6.0.10", "Debian:6.0", true],
  ["6.0", "Debian:6", true],
  ["4.0", "Debian:4.0", true],
  ["3.1", "Debian:3.1", true],
  ["3.1", "Debian:3.0", false],
  ["3.0", "Debian:3.0", true],
  ["7.11", "Debian:7", true],
  ["13.1", "Debian:13", true],
  ["10", "Debian:1.0", false],
  ["60", "Debian:6.0", false],
])("Debian %s is what records of %s are about: %s", (version, ecosystem, isFound) => {
  const record = advisory({ id: "DLA-1", ecosystem, package: "x", fixed: "2" });
  const { findings } = matched(
    { type: "deb", name: "x", version: "1" },
    { advisories: [record] },
    { id: "debian", version },
  );
  expect(findings.map(({ id }) => id)).toEqual(isFound ? ["DLA-1"] : []);
});

test("what is loaded by another name than it states is looked up by both, the other's records being uncertain", () => {
  const of = (id: string, name: string, isMalware?: true) =>
    advisory({ id, ecosystem: "npm", package: name, fixed: "4.17.21", ...(isMalware ? { isMalware } : {}) });
  const data = dataOf({
    advisories: [of("GHSA-l", "lodash"), of("MAL-l", "lodash", true), of("GHSA-m", "my")],
  });
  const found = (...components: readonly PackageFacts[]) =>
    matchComponents(
      components.map((facts) => ({ facts })),
      data,
      TODAY,
    ).findings.map(({ id, uncertain }) => [id, uncertain]);
  const my = { type: "npm", name: "my", version: "4.17.15" } as const;
  const both = [
    ["GHSA-l", "other-name"],
    ["GHSA-m", undefined],
  ];
  expect(found({ ...my, alias: "lodash" })).toEqual(both);
  expect(found(my, { ...my, alias: "lodash" })).toEqual(both);
  expect(found({ ...my, version: "4.17.21", alias: "lodash" })).toEqual([]);
  expect(found({ ...my, name: "lodash", alias: "lodash-old" })).toEqual([
    ["MAL-l", undefined],
    ["GHSA-l", undefined],
  ]);
  expect(found({ ...my, name: "lodash", version: "" })[1]).toEqual(["GHSA-l", "installed-version"]);
});

test("a jar that may be of a group is named by it; data that do not know groups leave it unidentified", () => {
  const facts: PackageFacts = { type: "maven", name: "b", version: "1.0" };
  const data = dataOf({ advisories: [advisory({ id: "GHSA-2", ecosystem: "Maven", package: "org.a:b" })] });
  const { findings, compared } = matchComponents([{ facts }], data, TODAY);
  expect(findings).toMatchObject([{ component: { namespace: "org.a", purl: "pkg:maven/b@1.0" } }]);
  expect(compared).toEqual([{ ecosystem: "Maven", components: 1 }]);
  const old = matchComponents([{ facts }], { ...data, groupsOf: () => undefined }, TODAY);
  expect(old.unmatched).toMatchObject([{ why: "unidentified", ecosystem: "Maven" }]);
});

test("an extended support that is for everybody counts, one that is for those who pay does not", () => {
  const end = { on: "2024-08-14", isOver: true, extendedTo: "2027-08-31", source: "endoflife.date" };
  const data = dataOf({
    ecosystems: ["Debian:11", "Ubuntu:20.04:LTS"],
    endOfLife: { "debian 11": end, "ubuntu 20.04": end },
  });
  const of = (id: string, version: string) =>
    matchComponents([{ facts: { type: "deb", name: "a", version: "1" }, os: { id, version } }], data, TODAY);
  expect(of("debian", "11")).toMatchObject({
    endOfLife: [],
    extendedSupport: [{ product: "debian", cycle: "11", until: "2027-08-31" }],
  });
  expect(of("ubuntu", "20.04").endOfLife).toMatchObject([{ product: "ubuntu", on: "2024-08-14" }]);
  const over = { ...end, extendedTo: "2026-01-01" };
  const after = dataOf({ ecosystems: ["Debian:11"], endOfLife: { "debian 11": over } });
  const ended = matchComponents(
    [{ facts: { type: "deb", name: "a", version: "1" }, os: { id: "debian", version: "11" } }],
    after,
    TODAY,
  );
  expect(ended.endOfLife).toMatchObject([{ product: "debian", on: "2026-01-01" }]);
});
