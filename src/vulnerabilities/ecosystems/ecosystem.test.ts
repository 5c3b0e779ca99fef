import { expect, test } from "vitest";
import { advisoryName, ecosystemOf, ecosystemOfPurlType } from "./ecosystem.ts";

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
  ["pypi", undefined, "Zope.Interface__x", "zope-interface-x"],
  ["nuget", undefined, "Newtonsoft.Json", "newtonsoft.json"],
  ["maven", "org.slf4j", "slf4j-api", "org.slf4j:slf4j-api"],
  ["npm", "@angular", "core", "@angular/core"],
  ["npm", undefined, "JSONStream", "JSONStream"],
  ["golang", "github.com/BurntSushi", "toml", "github.com/BurntSushi/toml"],
  ["golang", undefined, "stdlib", "stdlib"],
  ["composer", "Symfony", "HTTP-Kernel", "symfony/http-kernel"],
  ["cargo", "", "serde_json", "serde_json"],
])("pkg:%s of %s and %s is what advisories call %s", (type, namespace, name, expected) => {
  const ecosystem = ecosystemOfPurlType(type);
  expect(
    ecosystem && advisoryName(ecosystem, { name, ...(namespace === undefined ? {} : { namespace }) }),
  ).toBe(expected);
});

test("a type of distributions' packages tells no ecosystem", () => {
  expect(ecosystemOfPurlType("deb")).toBeUndefined();
});
