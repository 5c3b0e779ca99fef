import { expect, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import { componentOf, isItselfPackage, type Stated, withoutUpstream } from "./component.ts";
import { isByDouane } from "./sbom-document.ts";

const OS = { id: "debian", version: "12" };

function read(purl: string | undefined, more: Partial<Stated> = {}, os = false) {
  const stated = { ref: "r", name: "", version: "", licenses: [], catalogers: [], places: [], ...more };
  return componentOf(purl === undefined ? stated : { ...stated, purl }, os ? OS : undefined);
}

test.each([
  ["pkg:npm/%40x/a@1", { type: "npm", namespace: "@x", name: "a", version: "1" }],
  ["pkg:npm/a", { type: "npm", name: "a", version: "" }],
  ["pkg:deb/debian/a@1?arch=amd64", { type: "deb", name: "a", version: "1", architecture: "amd64" }],
  ["pkg:deb/debian/a@1?epoch=2", { type: "deb", name: "a", version: "2:1" }],
  ["pkg:deb/debian/a@3:1?epoch=2", { type: "deb", name: "a", version: "3:1" }],
  [
    "pkg:deb/debian/a@1?upstream=b",
    { type: "deb", name: "a", version: "1", source: { name: "b", version: "1" } },
  ],
  [
    "pkg:deb/debian/a@1?upstream=b%402",
    { type: "deb", name: "a", version: "1", source: { name: "b", version: "2" } },
  ],
  ["pkg:deb/debian/a@1?upstream=a", { type: "deb", name: "a", version: "1" }],
  [
    "pkg:deb/debian/a@1?upstream=a%402",
    { type: "deb", name: "a", version: "1", source: { name: "a", version: "2" } },
  ],
  ["pkg:npm/a@1?upstream=b", { type: "npm", name: "a", version: "1" }],
  [
    "pkg:rpm/redhat/a@1-2?upstream=b-c-3-4.src.rpm",
    { type: "rpm", name: "a", version: "1-2", source: { name: "b-c", version: "3-4" } },
  ],
  [
    "pkg:rpm/redhat/a@1-2?upstream=b.src.rpm",
    { type: "rpm", name: "a", version: "1-2", source: { name: "b", version: "1-2" } },
  ],
  ["pkg:npm/a@1?other=x", { type: "npm", name: "a", version: "1", qualifiers: { other: "x" } }],
  [
    "pkg:rpm/redhat/a@1?distro=rhel-9&rpmmod=x",
    { type: "rpm", name: "a", version: "1", qualifiers: { rpmmod: "x" } },
  ],
])("%s is %j", (purl, facts) => {
  expect(read(purl).facts).toEqual(facts);
});

test("fields beside the purl are facts, too", () => {
  const more = { version: "1", licenses: ["MIT"], supplier: "S", alias: "b", groupGuessed: true } as const;
  expect(read("pkg:npm/a", more).facts).toEqual({
    type: "npm",
    name: "a",
    version: "1",
    alias: "b",
    licenses: ["MIT"],
    supplier: "S",
    groupGuessed: true,
  });
  const source = { name: "b", version: "2" };
  expect(read("pkg:deb/debian/a@1?upstream=c", { source }).facts?.source).toEqual(source);
  expect(read("pkg:npm/a@1", { source }).facts).not.toHaveProperty("source");
});

test.each([
  ["pkg:npm/a@1", {}, []],
  ["pkg:npm/a", {}, ["version"]],
  ["pkg:deb/debian/a@1", {}, ["distro"]],
  ["pkg:deb/debian/a", {}, ["version", "distro"]],
  ["pkg:deb/debian/a@1?distro=debian-13", {}, []],
  ["pkg:deb/debian/a@1?distro=debian-13", { ofOtherSystem: true }, ["distro"]],
  ["pkg:oci/a@1", {}, ["type"]],
  [`pkg:npm/${"a".repeat(LIMITS.packageNameCharacters + 1)}@1`, {}, ["type"]],
  [undefined, {}, ["purl"]],
  ["no purl", {}, ["purl"]],
  ["pkg:npm/a@1", { name: "b" }, ["agreement"]],
  ["pkg:npm/a@1", { version: "2" }, ["agreement"]],
] as const)("%s with %j lacks %j", (purl, more, missing) => {
  const found = read(purl, more);
  expect(found.missing).toEqual(missing);
  const isUnknown = missing.some((one) => ["purl", "type", "agreement"].includes(one));
  expect(found.facts === undefined).toBe(isUnknown);
});

test("a package's release is its purl's, otherwise the document's, and a language's has none", () => {
  expect(read("pkg:deb/debian/a@1?distro=debian-13", {}, true).os).toEqual({ id: "debian", version: "13" });
  expect(read("pkg:deb/debian/a@1", {}, true).os).toEqual(OS);
  expect(read("pkg:npm/a@1", {}, true)).not.toHaveProperty("os");
});

test.each([
  ["pkg:npm/a@1", true],
  ["pkg:generic/a@1", false],
  ["pkg:oci/a", false],
  ["a", false],
  [undefined, false],
])("%s is itself a package: %s", (purl, expected) => {
  expect(isItselfPackage(purl)).toBe(expected);
});

test.each([
  [["douane 0.1.0"], true],
  [["x", "douane-0.1.0"], true],
  [["douanex 1"], false],
  [["my douane 1"], false],
  [[], false],
])("%j are ours: %s", (tools, expected) => {
  expect(isByDouane(tools)).toBe(expected);
});

test("sources are lost where no package of a distribution has one", () => {
  const [deb, sourced, npm] = [
    read("pkg:deb/debian/a@1?distro=debian-13"),
    read("pkg:deb/debian/b@1?distro=debian-13&upstream=c"),
    read("pkg:npm/a@1"),
  ];
  const missing = (all: readonly ReturnType<typeof read>[], tools: readonly string[]) =>
    withoutUpstream(all, tools).map((one) => one.missing.join());
  expect(missing([deb, npm], ["trivy"])).toEqual(["upstream", ""]);
  expect(missing([deb, sourced, npm], ["trivy"])).toEqual(["", "", ""]);
  expect(missing([deb, npm], ["douane 0.1.0"])).toEqual(["", ""]);
  expect(missing([read(undefined)], [])).toEqual(["purl"]);
});
