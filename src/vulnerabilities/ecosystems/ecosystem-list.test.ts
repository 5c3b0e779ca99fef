import { expect, test } from "vitest";
import type { PackageFacts } from "../../contract/package-facts.ts";
import { ecosystemOf } from "./ecosystem.ts";
import { ecosystemOfType } from "./purl-types.ts";

/**
 * Ecosystems of https://ossf.github.io/osv-schema/#defined-ecosystems: the order of versions that the
 * schema's table of ecosystems refers to, and whether names differ by case.
 */
const ECOSYSTEMS: readonly (readonly [name: string, scheme: string | undefined, isCaseless?: true])[] = [
  ["AlmaLinux", "rpm"],
  ["Alpaquita", "apk", true],
  ["Alpine", "apk", true],
  ["Android", undefined],
  ["Azure Linux", "rpm"],
  ["BellSoft Hardened Containers", "apk", true],
  ["Bioconductor", "list of numbers"],
  ["Bitnami", "semver, loose", true],
  ["Chainguard", "apk", true],
  ["CleanStart", undefined],
  ["ConanCenter", "semver, loose"],
  ["CRAN", "list of numbers"],
  ["crates.io", "semver, loose"],
  ["Debian", "dpkg"],
  ["Echo", "dpkg"],
  ["FreeBSD", undefined],
  ["GHC", "list of numbers"],
  ["GitHub Actions", "semver, loose", true],
  ["Go", "Go", true],
  ["Hackage", "list of numbers"],
  ["Hex", "semver", true],
  ["Julia", "semver"],
  ["Kubernetes", "semver, loose"],
  ["Linux", undefined],
  ["Mageia", "rpm"],
  ["Maven", "Maven"],
  ["MinimOS", "apk", true],
  ["npm", "semver, loose", true],
  ["NuGet", "NuGet", true],
  ["opam", undefined],
  ["openEuler", "rpm"],
  ["openSUSE", "rpm"],
  ["OSS-Fuzz", undefined],
  ["Packagist", "Composer", true],
  ["Photon OS", "rpm"],
  ["Pub", undefined],
  ["PyPI", "PEP 440", true],
  ["Red Hat", "rpm"],
  ["Rocky Linux", "rpm"],
  ["RubyGems", "RubyGems"],
  ["SUSE", "rpm"],
  ["SwiftURL", "semver", true],
  ["Ubuntu", "dpkg"],
  ["VSCode", "semver, loose", true],
  ["Wolfi", "apk", true],
];

const CASES = ECOSYSTEMS.map(([name, scheme, isCaseless = false]): [string, string | undefined, boolean] => [
  name,
  scheme,
  isCaseless,
]);

test.each(CASES)("%s: versions by %s, without case: %s", (name, scheme, isCaseless) => {
  for (const stated of [name, `${name}:1`, `${name}:1:2`]) {
    const found = ecosystemOf(stated);
    expect([found?.name, found?.scheme?.name]).toEqual([name, scheme]);
    expect(found?.nameOf("Some.Name/X")).toBe(
      !isCaseless ? "Some.Name/X" : name === "PyPI" ? "some-name/x" : "some.name/x",
    );
  }
});

test("names that differ by case are two packages of npm, and spellings of a Go module", () => {
  const cases = ECOSYSTEMS.flatMap(([name]) => {
    const letterCase = ecosystemOf(name)?.letterCase;
    return letterCase === undefined ? [] : [`${name} ${letterCase}`];
  });
  expect(cases).toEqual(["Go spellings", "npm packages"]);
});

// https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst
test.each<[PackageFacts["type"], string | undefined]>([
  ["npm", "npm"],
  ["pypi", "PyPI"],
  ["maven", "Maven"],
  ["golang", "Go"],
  ["cargo", "crates.io"],
  ["gem", "RubyGems"],
  ["composer", "Packagist"],
  ["nuget", "NuGet"],
  ["deb", undefined],
  ["apk", undefined],
  ["rpm", undefined],
  ["alpm", undefined],
  ["opkg", undefined],
  ["conda", undefined],
  ["nix", undefined],
  ["generic", undefined],
])("packages of type %s are of the ecosystem %s", (type, ecosystem) => {
  expect(ecosystemOfType(type)).toBe(ecosystem);
  expect(ecosystem === undefined ? undefined : ecosystemOf(ecosystem)?.name).toBe(ecosystem);
});
