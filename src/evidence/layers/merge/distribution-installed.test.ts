import { describe, expect, test } from "vitest";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import { isInstalledBy } from "./distribution-installed.ts";

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
    expect(isInstalledBy(LANGUAGE, OWN, { type: "deb", name, version: "1.2-1" })).toBe(true);
    const source = { name, version: "1.2-1" };
    expect(isInstalledBy(LANGUAGE, OWN, { type: "deb", name: "other", version: "9", source })).toBe(true);
  });

  test.each(["xpython3-thing", "thing-javax", "thing-libs", "python3-thing2"])("not under %s", (name) => {
    expect(isInstalledBy(LANGUAGE, OWN, { type: "deb", name, version: "1.2-1" })).toBe(false);
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
    expect(isInstalledBy(LANGUAGE, OWN, { type: "deb", name: "thing", version })).toBe(expected);
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
    expect(isInstalledBy({ ...LANGUAGE, type }, path, owner)).toBe(expected);
  });

  test.each(["my.thing", "my_thing", "my-thing", "MY--thing"])("spelled %s", (name) => {
    const owner = { type: "deb", name: "python3-my.thing", version: "1.2-1" } as const;
    expect(isInstalledBy({ ...LANGUAGE, name }, OWN, owner)).toBe(true);
  });
});
