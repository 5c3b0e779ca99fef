import { describe, expect, test } from "vitest";
import { PACKAGE_TYPES, type PackageFacts } from "../contract/package-facts.ts";
import {
  isBroughtBy,
  isDistributions,
  isOsRelease,
  isWithoutSources,
  osRelease,
  saysTwoSystems,
} from "./distribution.ts";

test("distributions build the packages of five types", () => {
  expect(PACKAGE_TYPES.filter((type) => isDistributions({ type }))).toEqual([
    "deb",
    "apk",
    "rpm",
    "alpm",
    "opkg",
  ]);
});

test.each([
  ["chisel", true],
  ["dpkg", false],
])("packages found by %s lack their sources: %s", (cataloger, expected) => {
  expect(isWithoutSources(cataloger)).toBe(expected);
});

test.each([
  ["/etc/os-release", true],
  ["/usr/lib/os-release", true],
  ["/etc/my-os-release", false],
  ["/etc/os-release.d", false],
])("%s names the operating system: %s", (path, expected) => {
  expect(isOsRelease(path)).toBe(expected);
});

describe("os-release", () => {
  test.each([
    [
      'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian 13"\n',
      { id: "debian", version: "13", name: "Debian 13" },
    ],
    ["ID=arch\r\nPRETTY_NAME='Arch Linux'\r\n", { id: "arch", name: "Arch Linux" }],
    // Quotation marks, and characters that a shell reads behind a backslash.
    [String.raw`ID="a\"b\$c\'d\\e\`f\g"`, { id: "a\"b$c'd\\e`f\\g" }],
    ["ID='a\"", { id: "'a\"" }],
    ['ID="', { id: '"' }],
    ['ID=""\n', undefined],
    ["ID= debian \n", { id: "debian" }],
    ["#ID=fedora\nID=debian\n", { id: "debian" }],
    ["=x\nID=debian\nVERSION_ID\n", { id: "debian" }],
    ["VERSION_ID=13\n", undefined],
    ["", undefined],
  ])("%j gives %j", (text, expected) => {
    expect(osRelease(Buffer.from(text))).toEqual(expected);
  });

  test.each([
    ["ID=debian\nID=alpine\n", true],
    ["VERSION_ID=12\nNAME=x\nVERSION_ID=13\r\n", true],
    ['ID=debian\nID="debian"\n', false],
    ["ID=debian\nVERSION_ID=12\n", false],
    ["NAME=a\nNAME=b\n", false],
    ["ID\nID=debian\n", false],
  ])("%j names two systems: %s", (text, expected) => {
    expect(saysTwoSystems(Buffer.from(text))).toBe(expected);
  });
});

describe("a package of the distribution installs one of a language", () => {
  const OWN = "/usr/lib/x";
  const LANGUAGE = { type: "pypi", name: "thing", version: "1.2" } as const;

  test.each([
    "thing",
    "Thing",
    "python3-thing",
    "python-thing",
    "py3-thing",
    "node-thing",
    "nodejs-thing",
    "ruby-thing",
    "rubygem-thing",
    "perl-thing",
    "php-thing",
    "libthing",
    "lib-thing",
    "golang-thing",
    "thing-java",
    "libthing-java",
  ])("under the name %s", (name) => {
    expect(isBroughtBy(LANGUAGE, OWN, { type: "deb", name, version: "1.2-1" })).toBe(true);
    const source = { name, version: "1.2-1" };
    expect(isBroughtBy(LANGUAGE, OWN, { type: "deb", name: "other", version: "9", source })).toBe(true);
  });

  test.each(["xpython3-thing", "thing-javax", "thing-libs", "python3-thing2"])("not under %s", (name) => {
    expect(isBroughtBy(LANGUAGE, OWN, { type: "deb", name, version: "1.2-1" })).toBe(false);
  });

  test.each([
    ["1.2", true],
    ["1.2-1", true],
    ["1.2+dfsg-1", true],
    ["1.2.dfsg-1", true],
    ["1.2.ds1-1", true],
    ["1.2.orig-1", true],
    ["3:1.2-1", true],
    ["123456789:1.2-1", true],
    ["1234567890:1.2-1", false],
    ["x3:1.2-1", false],
    ["1.2+really1.0-1", false],
    ["1.2.3-1", false],
    ["1.20-1", false],
    ["1.2~rc1-1", false],
    ["01.2-1", false],
  ])("in version %s: %s", (version, expected) => {
    expect(isBroughtBy(LANGUAGE, OWN, { type: "deb", name: "thing", version })).toBe(expected);
  });

  test.each<[string, PackageFacts["type"], PackageFacts["type"], string, boolean]>([
    ["in the distribution's libraries", "pypi", "rpm", "/usr/lib/x", true],
    ["in its shared files", "maven", "deb", "/usr/share/java/x.jar", true],
    ["outside of them", "maven", "deb", "/usr/libexec/x.jar", false],
    ["below another root", "maven", "deb", "/mnt/usr/lib/x.jar", false],
    ["of the distribution itself", "deb", "deb", "/usr/lib/x", false],
    ["by a package of a language", "pypi", "conda", "/usr/lib/x", false],
  ])("%s", (_, type, ownerType, path, expected) => {
    const owner = { type: ownerType, name: "thing", version: "1.2-1" };
    expect(isBroughtBy({ ...LANGUAGE, type }, path, owner)).toBe(expected);
  });

  test.each(["my.thing", "my_thing", "my-thing", "MY--thing"])("spelled %s", (name) => {
    const owner = { type: "deb", name: "python3-my.thing", version: "1.2-1" } as const;
    expect(isBroughtBy({ ...LANGUAGE, name }, OWN, owner)).toBe(true);
  });
});
