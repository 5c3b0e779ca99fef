import { expect, test } from "vitest";
import { documentFile, holdersOf, pairsAt, relationsAt } from "./document-files.ts";
import { readSbom } from "./read-sbom.ts";

const HEX_256 = "ab".repeat(32);
const HEX_512 = "cd".repeat(64);

test.each<[string, string, readonly string[]]>([
  ["SHA-256", HEX_256, [`sha256:${HEX_256}`]],
  ["SHA256", HEX_256.toUpperCase(), [`sha256:${HEX_256}`]],
  ["sha512", HEX_512, [`sha512:${HEX_512}`]],
  ["SHA-512", HEX_256, []],
  ["SHA-256", `${HEX_256}00`, []],
  ["SHA-256", `${HEX_256.slice(1)}g`, []],
  ["SHA3-256", HEX_256, []],
  ["SHA-1", HEX_256.slice(0, 40), []],
  ["MD5", HEX_256.slice(0, 32), []],
  ["BLAKE2b-256", HEX_256, []],
])("%s of %s gives %j", (algorithm, hash, expected) => {
  const files = documentFile("a.js", [[algorithm, hash]], () => false);
  expect(files.flatMap(({ digests }) => digests)).toEqual(expected);
});

test.each([
  ["/app/a.js", "/app/a.js"],
  ["./app/a.js", "/app/a.js"],
  ["app/a.js", "/app/a.js"],
  ["a.js", undefined],
])("%s is at the path %s", (name, path) => {
  expect(documentFile(name, [["SHA-256", HEX_256]], () => true)).toEqual([
    { ...(path === undefined ? {} : { path }), digests: [`sha256:${HEX_256}`], isDescribed: true },
  ]);
});

test.each([
  ["file", "CONTAINS", "package", ["file"]],
  ["file", "contains", "package", ["file"]],
  ["file", "DEPENDS_ON", "package", ["file"]],
  ["file", "dependsOn", "package", ["file"]],
  ["file", "HAS_STATIC_LINK", "package", ["file"]],
  ["file", "GENERATED_FROM", "package", ["file"]],
  ["package", "GENERATES", "file", ["file"]],
  ["package", "GENERATED_FROM", "file", []],
  ["file", "GENERATES", "package", []],
  ["file", "DEPENDENCY_OF", "package", []],
  ["file", "CONTAINED_BY", "package", []],
  ["package", "DEPENDENCY_OF", "package", []],
  ["file", "STATIC_LINK", "package", ["file"]],
  ["file", "hasStaticLink", "package", ["file"]],
  ["package", "CONTAINED_BY", "file", ["file"]],
  ["package", "DEPENDENCY_OF", "file", ["file"]],
  ["package", "CONTAINS", "file", []],
  ["package", "CONTAINS", "package", []],
  ["file", "DESCRIBES", "package", []],
  ["file", "CONTAINS", "other", []],
])("%s %s %s: %j states packages", (from, type, to, expected) => {
  expect([...holdersOf([{ from, type, to }], new Set(["package"]))]).toEqual(expected);
});

test.each([
  [["a", "SHA-1"], ["b", "SHA-256"], [`sha256:${HEX_256}`]],
  [
    ["a", "SHA-256"],
    ["b", "SHA-256"],
    [`sha256:${HEX_256}`, `sha256:${HEX_256}`],
  ],
])("of the hashes %j and %j, those that identify a file are kept", ([, one], [, other], digests) => {
  const hashes = [one, other].map((algorithm) => [algorithm ?? "", HEX_256] as const);
  expect(documentFile("a", hashes, () => false)).toEqual([{ digests }]);
});

test("fields without both texts of a pair are none, and relations of an element go to each target", () => {
  const list = [{ a: "1", b: "2" }, { a: "3" }, { b: "4" }, { a: 5, b: "6" }, { a: "7", b: "8" }];
  expect(pairsAt({ list }, "list", ["a", "b"])).toEqual([
    ["1", "2"],
    ["7", "8"],
  ]);
  const elements = [{ from: "x", to: ["y", "z"] }, { to: "y" }, { from: "x" }];
  expect(relationsAt(elements, { from: "from", type: () => "t", to: "to" })).toEqual([
    { from: "x", type: "t", to: "y" },
    { from: "x", type: "t", to: "z" },
    { from: "", type: "t", to: "y" },
  ]);
});

test("a composition in XML that is complete states what is in its assemblies", () => {
  const component = `<component type="file" bom-ref="f"><name>/app/a.js</name><hashes><hash alg="SHA-256">${HEX_256}</hash></hashes></component>`;
  const bom = (aggregate: string) =>
    `<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"><components>${component}</components><compositions><composition><aggregate>${aggregate}</aggregate><assemblies><assembly ref="f"/></assemblies></composition></compositions></bom>`;
  const filesOf = (text: string) => {
    const read = readSbom(Buffer.from(text), "a");
    return "document" in read ? read.document.files : read;
  };
  const digests = [`sha256:${HEX_256}`];
  expect(filesOf(bom("complete"))).toEqual([{ path: "/app/a.js", digests, isDescribed: true }]);
  expect(filesOf(bom("unknown"))).toEqual([{ path: "/app/a.js", digests }]);
});
