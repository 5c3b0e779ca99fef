import { expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { parsePurl, purlOf } from "./purl.ts";

/** Types that the specification defines without a namespace. */
const WITHOUT_NAMESPACE =
  "bitnami cargo chrome-extension cocoapods conda cran gem hackage mlflow nuget oci opam otp pub pypi".split(
    " ",
  );

test.each(WITHOUT_NAMESPACE)("%s has no namespace", (type) => {
  expect(parsePurl(`pkg:${type}/a@1`)).toMatchObject({ type, name: "a", version: "1" });
  expect(parsePurl(`pkg:${type}/b/a@1`)).toBeUndefined();
});

test.each(["deb", "golang", "npm", "maven", "composer", "generic", "swift"])("%s may have one", (type) => {
  expect(parsePurl(`pkg:${type}/b/a@1`)).toMatchObject({ type, namespace: "b", name: "a" });
});

test.each(["cran", "swift"])("%s requires a version", (type) => {
  expect(parsePurl(`pkg:${type}/a`)).toBeUndefined();
  expect(parsePurl(`pkg:${type}/a@1`)).toMatchObject({ version: "1" });
});

test.each([
  ["pkg:npm/a@1#x/y", "x/y"],
  ["pkg:npm/a@1#/x//y/", "x/y"],
  ["pkg:npm/a@1#x%20y", "x y"],
  ["pkg:npm/a@1#", undefined],
  ["pkg:npm/a@1", undefined],
])("%s is below %s", (text, subpath) => {
  expect(parsePurl(text)?.subpath).toBe(subpath);
  expect(parsePurl(text)).toMatchObject({ name: "a", version: "1" });
});

test.each([
  ["pkg://npm/a@1", { type: "npm", name: "a", version: "1" }],
  ["  pkg:gem//a/@1 ", { type: "gem", name: "a", version: "1" }],
  ["pkg:npm/a@1/", { type: "npm", name: "a", version: "1" }],
  ["pkg:a1+b.c-d/a", { type: "a1+b.c-d", name: "a" }],
  ["pkg:generic/@a", undefined],
  ["abc:npm/a@1", undefined],
  ["pkg;npm/a@1", undefined],
  ["pkg:generic/b/@1", { type: "generic", name: "b", version: "1" }],
  ["pkg:npm/b/@1", { type: "npm", namespace: "b", name: "@1" }],
  ["pkg:npm/a@1@2", { type: "npm", name: "a@1", version: "2" }],
  // The specification splits at the last question mark.
  ["pkg:npm/a?x=1?y=", { type: "npm", name: "a?x=1" }],
  ["pkg:npm/a#x#y", { type: "npm", name: "a#x" }],
])("%s is %j", (text, expected) => {
  const purl = {
    qualifiers: new Map(),
    ...expected,
    ...(text.includes("#") ? { subpath: "y" } : {}),
  };
  expect(parsePurl(text)).toEqual(expected && purl);
});

test.each([
  [
    "?a=1&b=2",
    [
      ["a", "1"],
      ["b", "2"],
    ],
  ],
  ["?&a=1&", [["a", "1"]]],
  ["?A.b_c-1=x%3Dy=z", [["a.b_c-1", "x=y=z"]]],
  ["?a=", []],
  ["?", []],
  ["?=1", undefined],
  ["?a", undefined],
  ["?a=1&A=1", undefined],
  ["?a$=1", undefined],
  ["?.a=1", undefined],
])("the qualifiers of %s are %j", (query, expected) => {
  const purl = parsePurl(`pkg:npm/a@1${query}`);
  expect(purl && [...purl.qualifiers]).toEqual(expected);
});

test("a text as long as a written package can be is read, a longer one is not", () => {
  const most = LIMITS.packageNameCharacters * 8;
  expect(parsePurl("pkg:npm/".padEnd(most, "a"))?.name).toHaveLength(most - "pkg:npm/".length);
  expect(parsePurl("pkg:npm/".padEnd(most + 1, "a"))).toBeUndefined();
});

test.each([
  ["a!b'c(d)e*f", "a%21b%27c%28d%29e%2Af"],
  ["a~b:c-d_e.f", "a~b:c-d_e.f"],
  ["a/b c:d", "a%2Fb%20c:d"],
  ["é", "%C3%A9"],
])("the name %s is written %s", (name, written) => {
  expect(purlOf({ type: "generic", name, version: "" })).toBe(`pkg:generic/${written}`);
  expect(parsePurl(`pkg:generic/${written}`)?.name).toBe(name);
});

test.each([
  ["an architecture", { architecture: "amd64" }, "?arch=amd64"],
  ["a source of the same version", { source: { name: "s", version: "1" } }, "?upstream=s"],
  ["a source of another version", { source: { name: "s", version: "2" } }, "?upstream=s%402"],
  ["an empty qualifier", { qualifiers: { subdir: "" } }, ""],
  ["a qualifier", { qualifiers: { subdir: "noarch" } }, "?subdir=noarch"],
])("%s is written, without an operating system, too", (_, facts, query) => {
  expect(purlOf({ type: "deb", name: "a", version: "1", ...facts })).toBe(`pkg:deb/a@1${query}`);
});

test("the namespace of a distribution's package is the distribution, of another its own", () => {
  const os = { id: "debian", version: "13" };
  const named = { namespace: "b//c", name: "a", version: "1" };
  expect(purlOf({ type: "deb", ...named }, os)).toBe("pkg:deb/debian/a@1?distro=debian-13");
  expect(purlOf({ type: "golang", ...named }, os)).toBe("pkg:golang/b/c/a@1");
  expect(purlOf({ type: "rpm", name: "a", version: "0:1-2" })).toBe("pkg:rpm/a@1-2?epoch=0");
  expect(purlOf({ type: "deb", name: "a", version: "0:1-2" })).toBe("pkg:deb/a@0:1-2");
});
