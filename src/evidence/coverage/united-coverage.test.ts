import { describe, expect, test } from "vitest";
import type { EcosystemCoverage, SbomCoverage } from "../../contract/sbom-facts.ts";
import { unitedCoverage } from "./united-coverage.ts";

function npm(packages: number, missing: readonly string[], count = missing.length): EcosystemCoverage {
  const named = packages - count;
  return {
    type: "npm",
    source: "application",
    packages,
    named,
    missing: { count, names: missing },
    otherVersion: count,
  };
}

function coverage(ecosystems: readonly EcosystemCoverage[], unseen: readonly string[] = []): SbomCoverage {
  return { ecosystems, unseen: { count: unseen.length, names: unseen }, unseenPackages: unseen };
}

const DEB: EcosystemCoverage = { ...npm(3, []), type: "deb", source: "system" };

describe("coverage by two sets of documents", () => {
  test.each<[string, EcosystemCoverage, EcosystemCoverage, EcosystemCoverage]>([
    ["of halves is whole", npm(2, ["a 1"]), npm(2, ["b 1"]), npm(2, [])],
    ["of one half twice is a half", npm(2, ["a 1"]), npm(2, ["a 1"]), npm(2, ["a 1"])],
    ["of a whole one and a half is whole", npm(2, []), npm(2, ["a 1"]), npm(2, [])],
    [
      "of cut lists is that of the better one",
      npm(90, ["a 1"], 40),
      npm(90, ["b 1"], 30),
      npm(90, ["b 1"], 30),
    ],
    [
      "of a cut list and a short one is the short one's",
      npm(90, ["a 1"], 40),
      npm(90, ["b 1"]),
      npm(90, ["b 1"]),
    ],
  ])("%s", (_, first, second, both) => {
    expect(unitedCoverage(coverage([first]), coverage([second])).ecosystems).toEqual([both]);
    expect(unitedCoverage(coverage([second]), coverage([first])).ecosystems).toEqual([both]);
  });

  test("an ecosystem that only the second knows stays", () => {
    expect(unitedCoverage(coverage([]), coverage([DEB])).ecosystems).toEqual([DEB]);
  });

  test("packages that only documents know are those of both", () => {
    const both = unitedCoverage(coverage([], ["npm/b@1"]), coverage([], ["npm/a@1", "npm/b@1"]));
    expect(both.unseenPackages).toEqual(["npm/a@1", "npm/b@1"]);
    expect(both.unseen).toEqual({ count: 2, names: ["npm/a@1", "npm/b@1"] });
  });

  test("evidence without a list of them keeps its count", () => {
    const older: SbomCoverage = { ecosystems: [], unseen: { count: 5, names: ["x 1"] } };
    expect(unitedCoverage(older, coverage([], ["npm/a@1"])).unseen.count).toBe(5);
  });

  test("without documents in the image, the second stands", () => {
    const second = coverage([DEB]);
    expect(unitedCoverage(undefined, second)).toBe(second);
  });
});
