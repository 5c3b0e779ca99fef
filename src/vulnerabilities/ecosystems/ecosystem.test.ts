import { expect, test } from "vitest";
import { ecosystemOf } from "./ecosystem.ts";

test.each([
  ["Debian:13", "dpkg"],
  ["Ubuntu:Pro:22.04:LTS", "dpkg"],
  ["Alpine:v3.22", "apk"],
  ["Wolfi", "apk"],
  ["Chainguard", "apk"],
  ["Red Hat:rhel_eus:9.2::appstream", "rpm"],
  ["Rocky Linux:9", "rpm"],
  ["SUSE:Linux Enterprise Server 15 SP5", "rpm"],
  ["npm", "semver, loose"],
  ["PyPI", "PEP 440"],
  ["Maven:https://repo1.maven.org/maven2", "Maven"],
  ["Go", "Go"],
  ["Hex", "semver"],
])("%s orders versions as %s", (stated, scheme) => {
  expect(ecosystemOf(stated)?.scheme?.name).toBe(scheme);
});

test("an ecosystem that is not known, or whose order is not, has no scheme", () => {
  expect(ecosystemOf("Nothing:1")).toBeUndefined();
  expect(ecosystemOf("constructor")).toBeUndefined();
  expect(ecosystemOf("OSS-Fuzz")).not.toHaveProperty("scheme");
});

test.each([
  ["PyPI", "Zope.Interface__x", "zope-interface-x"],
  ["NuGet", "Newtonsoft.Json", "newtonsoft.json"],
  ["Packagist", "Symfony/HTTP-Kernel", "symfony/http-kernel"],
  ["npm", "JSONStream", "jsonstream"],
  ["Go", "github.com/BurntSushi/toml", "github.com/burntsushi/toml"],
  ["Alpine:v3.22", "R", "r"],
  ["Maven", "org.Example:A", "org.Example:A"],
  ["crates.io", "serde_json", "serde_json"],
])("%s takes %s for %s", (stated, name, expected) => {
  expect(ecosystemOf(stated)?.nameOf(name)).toBe(expected);
});
