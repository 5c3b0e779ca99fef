import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import type { ComponentFacts, ImagePackages } from "../../contract/package-facts.ts";
import { packageKey, writtenKey } from "../../contract/package-key.ts";
import { isInstalledBy } from "../layers/merge/distribution-installed.ts";
import { coverageOf } from "./coverage.ts";

type Given = Pick<ComponentFacts, "type" | "name" | "version"> & Partial<ComponentFacts>;

function packages(...given: readonly Given[]): ImagePackages {
  return {
    components: given.map((one) => ({ path: "/app/x", layer: 0, cataloger: "x", ...one })),
    unread: [],
    hidings: [],
    executables: { count: 0, bytes: 0, unowned: 0, unownedBytes: 0, largestUnowned: [] },
    repositories: [],
    unidentified: [],
  };
}

function keys(...given: readonly Given[]): ReadonlySet<string> {
  return new Set(given.map((one) => packageKey(one).exact));
}

const npm = (name: string, version = "1.0.0"): Given => ({ type: "npm", name, version });
const deb = (name: string, version: string): Given => ({ type: "deb", name, version });

describe("packages are compared as their ecosystems compare them", () => {
  test.each<[string, Given, Given]>([
    ["names of npm", npm("Left-Pad"), npm("left-pad")],
    ["scopes", { ...npm("core"), namespace: "@angular" }, { ...npm("core"), namespace: "@angular" }],
    [
      "PEP 503",
      { type: "pypi", name: "Zope.Interface", version: "7.0" },
      { type: "pypi", name: "zope-interface", version: "7.0" },
    ],
    ["architectures", { ...deb("libc6", "2.41"), architecture: "amd64" }, deb("libc6", "2.41")],
    ["epochs", deb("bsdutils", "1:2.41-5"), deb("bsdutils", "2.41-5")],
    [
      "Go's v",
      { type: "golang", namespace: "golang.org/x", name: "sys", version: "v0.20.0" },
      { type: "golang", namespace: "golang.org/x", name: "sys", version: "0.20.0" },
    ],
  ])("%s", (_, seen, stated) => {
    expect(coverageOf(packages(seen), keys(stated)).ecosystems[0]?.named).toBe(1);
  });

  test.each<[string, Given, Given]>([
    ["versions", npm("a", "1.0.0"), npm("a", "1.0.1")],
    ["scopes", { ...npm("core"), namespace: "@a" }, { ...npm("core"), namespace: "@b" }],
    ["ecosystems", npm("a"), { type: "pypi", name: "a", version: "1.0.0" }],
    ["Maven's case", { type: "maven", name: "A", version: "1" }, { type: "maven", name: "a", version: "1" }],
    ["wildcards", npm("a"), npm("*")],
    ["no version", npm("a"), npm("a", "")],
    ["another version of what has one", npm("a", "1"), npm("a", "1.0")],
  ])("%s tell packages apart", (_, seen, stated) => {
    expect(coverageOf(packages(seen), keys(stated)).ecosystems[0]?.named).toBe(0);
  });

  test("what states no version is named by its name", () => {
    const seen: Given = { type: "golang", name: "example.com/app", version: "(devel)" };
    const stated: Given = { type: "golang", name: "example.com/app", version: "v1.4.2" };
    const { ecosystems, unseen } = coverageOf(packages(seen), keys(stated));
    expect([ecosystems[0]?.named, unseen.count]).toEqual([1, 0]);
  });
});

test("each ecosystem is counted for itself, each package once, in the order of PACKAGE_TYPES", () => {
  const seen = packages(npm("a"), npm("a"), npm("b"), deb("libc6", "2.41"), npm("c"));
  const { ecosystems, unseen } = coverageOf(seen, keys(npm("a"), npm("b", "2.0.0"), npm("only-there")));
  expect(ecosystems).toEqual([
    {
      type: "deb",
      source: "system",
      packages: 1,
      named: 0,
      missing: { count: 1, names: ["libc6 2.41"] },
      otherVersion: 0,
    },
    {
      type: "npm",
      source: "application",
      packages: 3,
      named: 1,
      missing: { count: 2, names: ["b 1.0.0", "c 1.0.0"] },
      otherVersion: 1,
    },
  ]);
  expect(unseen).toEqual({ count: 2, names: ["b 2.0.0", "only-there 1.0.0"] });
});

test("of what is missing, LIMITS.missingNamed are named", () => {
  const all = Array.from({ length: 50 }, (_, index) => npm(`p${index}`));
  const missing = coverageOf(packages(...all), keys()).ecosystems[0]?.missing;
  expect([missing?.count, missing?.names.length]).toEqual([50, LIMITS.missingNamed]);
});

test("what the distribution's own package brought of a language is not asked for twice", () => {
  const requests: Given = { type: "pypi", name: "requests", version: "2.32.3" };
  const asked = (given: Given) => coverageOf(packages(given), keys()).ecosystems.map(({ type }) => type);
  expect(asked({ ...requests, ofDistribution: true })).toEqual([]);
  expect(asked(requests)).toEqual(["pypi"]);
});

test("what only documents know is kept as they write it, as many as LIMITS.unseenPackages", () => {
  const written = new Set(["npm/JSONStream@1.0.0", "golang/github.com/BurntSushi/toml@v1.0.0", "no package"]);
  expect(coverageOf(packages(), written).unseenPackages).toEqual([
    "golang/github.com/BurntSushi/toml@v1.0.0",
    "no package",
    "npm/JSONStream@1.0.0",
  ]);
  const many = new Set(Array.from({ length: LIMITS.unseenPackages + 1 }, (_, at) => `npm/p${at}@1`));
  expect(coverageOf(packages(), many).unseenPackages).toHaveLength(LIMITS.unseenPackages);
});

describe("a package of the distribution brought one of a language, by name, version and place", () => {
  const requests = { type: "pypi", name: "requests", version: "2.32.3" } as const;
  const own = "/usr/lib/python3/dist-packages/requests-2.32.3.dist-info/METADATA";
  const python3 = (version: string) => deb("python3-requests", version);
  const bySource = { ...deb("x", "2"), source: { name: "requests", version: "2.32.3-1" } };

  test.each<[string, Given, Parameters<typeof isInstalledBy>[0], string, boolean]>([
    ["repacked", python3("2.32.3+dfsg-5"), requests, own, true],
    ["repacked, as it was written before", python3("2.32.3.dfsg1-5"), requests, own, true],
    ["by its source's name", bySource, requests, own, true],
    ["with an epoch", python3("1:2.32.3-5"), requests, own, true],
    ["of Alpine", { type: "apk", name: "py3-requests", version: "2.32.3-r0" }, requests, own, true],
    ["a longer version", python3("2.32.30-1"), requests, own, false],
    ["a shorter version", python3("2.32.3-1"), { ...requests, version: "2" }, own, false],
    ["really another version", python3("2.32.3+really2.31.0-1"), requests, own, false],
    ["another name", deb("python3-urllib3", "2.32.3-1"), requests, own, false],
    ["another place", python3("2.32.3-1"), requests, "/app/METADATA", false],
    ["in /usr/local", python3("2.32.3-1"), requests, "/usr/local/lib/x", false],
    ["no version", python3("2.32.3-1"), { ...requests, version: "" }, own, false],
  ])("%s", (_, system, language, path, isBrought) => {
    expect(isInstalledBy(language, path, system)).toBe(isBrought);
  });
});

test("a document's own spelling names a package, and unseen packages are kept as it writes them", () => {
  const seen: Given = { type: "pypi", name: "zope-interface", version: "7.0" };
  const stated: readonly Given[] = [
    { type: "pypi", name: "Zope.Interface", version: "7.0" },
    { type: "npm", namespace: "@x", name: "Left-Pad", version: "1.0.0" },
  ];
  const { ecosystems, unseen, unseenPackages } = coverageOf(
    packages(seen),
    new Set([...stated.map(writtenKey), "no package"]),
  );
  expect(ecosystems.map(({ named, packages: all }) => [named, all])).toEqual([[1, 1]]);
  expect(unseen.count).toBe(2);
  expect(unseenPackages).toEqual(["no package", "npm/@x/Left-Pad@1.0.0"]);
});
