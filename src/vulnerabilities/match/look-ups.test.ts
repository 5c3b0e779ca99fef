import { expect, test } from "vitest";
import { advisory, dataOf, type GivenData } from "../../../test/fixtures/vulnerability-data.ts";
import type { OsFacts, PackageFacts } from "../../contract/package-facts.ts";
import { aliasesOf, lookUpsOf } from "./look-ups.ts";
import { RecordsOf } from "./records-of.ts";

function asked(
  facts: PackageFacts,
  given: GivenData,
  { os, isOtherTools, listed = [] }: { os?: OsFacts; isOtherTools?: true; listed?: readonly string[] } = {},
) {
  const data = dataOf(given);
  const held = {
    holds: data.holds.bind(data),
    groupsOf: data.groupsOf.bind(data),
    records: new RecordsOf(data),
    isListed: (path: string) => listed.includes(path),
  };
  return lookUpsOf(facts, os, held, isOtherTools);
}

const TRIXIE: OsFacts = { id: "debian", version: "13" };

test.each<[PackageFacts, string, string]>([
  [{ type: "npm", name: "a", version: "1" }, "npm", "a"],
  [{ type: "npm", namespace: "@x", name: "a", version: "1" }, "npm", "@x/a"],
  [{ type: "npm", namespace: "", name: "a", version: "1" }, "npm", "a"],
  [{ type: "pypi", name: "A_b", version: "1" }, "PyPI", "A_b"],
  [{ type: "maven", namespace: "org.a", name: "core", version: "1" }, "Maven", "org.a:core"],
  [{ type: "golang", namespace: "github.com/a", name: "b", version: "1" }, "Go", "github.com/a/b"],
  [{ type: "composer", namespace: "a", name: "b", version: "1" }, "Packagist", "a/b"],
])("%j is asked of %s as %s", (facts, ecosystem, name) => {
  const expected = { lookUps: [{ ecosystem, name, version: "1" }] };
  expect(asked(facts, { ecosystems: [ecosystem] })).toEqual(expected);
  expect(asked(facts, { ecosystems: ["other"] })).toEqual({ why: "data", ecosystem });
});

test("Go's own programs are asked as its library and its toolchain", () => {
  const go = { type: "golang", name: "go", version: "1.22.3" } as const;
  expect(asked(go, { ecosystems: ["Go"] })).toEqual({
    lookUps: ["stdlib", "toolchain"].map((name) => ({ ecosystem: "Go", name, version: "1.22.3" })),
  });
  expect(asked({ ...go, namespace: "github.com/a" }, { ecosystems: ["Go"] })).toMatchObject({
    lookUps: [{ name: "github.com/a/go" }],
  });
});

test.each([
  [
    { type: "conda", name: "a", version: "1" },
    { why: "type", ecosystem: "conda" },
  ],
  [
    { type: "nix", name: "a", version: "1" },
    { why: "type", ecosystem: "nix" },
  ],
  [
    { type: "npm", name: "", version: "1" },
    { why: "unidentified", ecosystem: "npm" },
  ],
] as const)("%j is not asked: %j", (facts, lack) => {
  expect(asked(facts, { ecosystems: ["npm"] })).toEqual(lack);
});

test("a name in another tool's document may have lost its case, and a Go path may lie in a module", () => {
  const npm = (name: string) =>
    asked({ type: "npm", name, version: "1" }, { ecosystems: ["npm"] }, { isOtherTools: true });
  expect(npm("jsonstream")).toEqual({
    lookUps: [{ ecosystem: "npm", name: "jsonstream", version: "1", isLowered: true }],
  });
  expect(npm("JSONStream")).toEqual({ lookUps: [{ ecosystem: "npm", name: "JSONStream", version: "1" }] });
  const path = { type: "golang", namespace: "github.com/a/b", name: "pkg", version: "v1.0.0" } as const;
  const advisories = [advisory({ id: "GO-1", ecosystem: "Go", package: "github.com/a/b" })];
  const module = {
    ecosystem: "Go",
    name: "github.com/a/b",
    version: "v1.0.0",
    isEnclosing: true,
    isLowered: true,
  };
  expect(asked(path, { advisories }, { isOtherTools: true })).toEqual({ lookUps: [module] });
  expect(asked(path, { advisories }, { isOtherTools: true, listed: ["github.com/a/b"] })).toEqual({
    lookUps: [{ ecosystem: "Go", name: "github.com/a/b/pkg", version: "v1.0.0", isLowered: true }],
  });
  expect(asked(path, { advisories })).toEqual({
    lookUps: [{ ecosystem: "Go", name: "github.com/a/b/pkg", version: "v1.0.0" }],
  });
});

test("a jar without a group may be any artifact of its name", () => {
  const advisories = ["org.a:core", "org.b:core", "org.c:other"].map((name) =>
    advisory({ id: name, ecosystem: "Maven", package: name }),
  );
  const jar = { type: "maven", name: "core", version: "1" } as const;
  const of = (group: string) => ({ ecosystem: "Maven", name: `${group}:core`, version: "1", group });
  expect(asked(jar, { advisories })).toEqual({
    lookUps: [{ ecosystem: "Maven", name: "core", version: "1" }, of("org.a"), of("org.b")],
  });
  expect(asked({ ...jar, namespace: "org.a", groupGuessed: true }, { advisories })).toEqual({
    lookUps: [{ ecosystem: "Maven", name: "org.a:core", version: "1" }, of("org.b")],
  });
  expect(asked({ ...jar, namespace: "org.a" }, { advisories })).toEqual({
    lookUps: [{ ecosystem: "Maven", name: "org.a:core", version: "1" }],
  });
  const npm = { type: "npm", name: "core", version: "1" } as const;
  expect(asked(npm, { advisories, ecosystems: ["npm"] })).toMatchObject({ lookUps: [{ name: "core" }] });
});

test("a runtime is asked of Bitnami under its name there, if Bitnami knows it", () => {
  const advisories = [advisory({ id: "BIT-java-1", ecosystem: "Bitnami", package: "java" })];
  const jdk = { type: "generic", name: "openjdk", version: "1.8.0_392" } as const;
  expect(asked(jdk, { advisories })).toEqual({
    lookUps: [{ ecosystem: "Bitnami", name: "java", version: "8.0.392" }],
  });
  expect(asked({ ...jdk, name: "own" }, { advisories })).toEqual({ why: "type", ecosystem: "generic/own" });
  expect(asked(jdk, {})).toEqual({ why: "data", ecosystem: "Bitnami" });
});

test.each<[string, PackageFacts, OsFacts, readonly string[], object]>([
  [
    "a package by its source",
    { type: "deb", name: "libssl3", version: "3-1+b1", source: { name: "openssl", version: "3-1" } },
    TRIXIE,
    ["Debian:13"],
    { lookUps: [{ ecosystem: "Debian:13", name: "openssl", version: "3-1" }], isSource: true },
  ],
  [
    "a package that is its own source",
    { type: "deb", name: "curl", version: "8-1" },
    TRIXIE,
    ["Debian:13"],
    { lookUps: [{ ecosystem: "Debian:13", name: "curl", version: "8-1" }] },
  ],
  [
    "an rpm by both names, its source with the epoch",
    {
      type: "rpm",
      name: "openssl-libs",
      version: "1:3.0-1.el9",
      source: { name: "openssl", version: "3.0-1.el9" },
    },
    { id: "rocky", version: "9.4" },
    ["Rocky Linux:9"],
    {
      lookUps: [
        { ecosystem: "Rocky Linux:9", name: "openssl-libs", version: "1:3.0-1.el9" },
        { ecosystem: "Rocky Linux:9", name: "openssl", version: "1:3.0-1.el9" },
      ],
      isSource: true,
    },
  ],
  [
    "an rpm whose source states the epoch",
    { type: "rpm", name: "openssl", version: "1:3.0-1", source: { name: "openssl", version: "2:3.0-1" } },
    { id: "rocky", version: "9.4" },
    ["Rocky Linux:9"],
    { lookUps: [{ ecosystem: "Rocky Linux:9", name: "openssl", version: "2:3.0-1" }], isSource: true },
  ],
  [
    "a release with two names",
    { type: "deb", name: "curl", version: "8-1" },
    { id: "ubuntu", version: "24.04" },
    ["Ubuntu:24.04:LTS", "Ubuntu:24.04"],
    {
      lookUps: ["Ubuntu:24.04:LTS", "Ubuntu:24.04"].map((ecosystem) => ({
        ecosystem,
        name: "curl",
        version: "8-1",
      })),
    },
  ],
  [
    "a release of which the data hold a stream alone",
    { type: "rpm", name: "curl", version: "8-1" },
    { id: "rhel", version: "9.2" },
    ["Red Hat:rhel_eus:9.2::appstream"],
    {
      lookUps: [{ ecosystem: "Red Hat:rhel_eus:9.2::appstream", name: "curl", version: "8-1" }],
      lack: { why: "data", ecosystem: "Red Hat:enterprise_linux:9::appstream" },
    },
  ],
  [
    "a release without data",
    { type: "deb", name: "curl", version: "8-1" },
    TRIXIE,
    ["Debian:12"],
    { why: "data", ecosystem: "Debian:13" },
  ],
  [
    "a package of another system than its image",
    { type: "rpm", name: "curl", version: "8-1" },
    TRIXIE,
    ["Debian:13"],
    { why: "distribution", ecosystem: "debian-13" },
  ],
  [
    "a system without records",
    { type: "deb", name: "curl", version: "8-1" },
    { id: "raspbian" },
    ["Debian:13"],
    { why: "distribution", ecosystem: "raspbian" },
  ],
])("%s", (_, facts, os, ecosystems, expected) => {
  expect(asked(facts, { ecosystems }, { os })).toEqual(expected);
});

test("a package of a distribution without a distribution is not asked", () => {
  expect(asked({ type: "deb", name: "curl", version: "8-1" }, {})).toEqual({
    why: "distribution",
    ecosystem: "deb",
  });
});

test("aliases are asked in each place", () => {
  const lookUps = ["npm", "other"].map((ecosystem) => ({ ecosystem, name: "a", version: "1" }));
  expect(aliasesOf(lookUps, ["b", "c"])).toEqual(
    ["b", "c"].flatMap((name) =>
      ["npm", "other"].map((ecosystem) => ({ ecosystem, name, version: "1", isAlias: true })),
    ),
  );
});
