import { expect, test } from "vitest";
import { embeddedSbom } from "../../embedded/embedded-sbom.ts";
import { readSbom } from "./read-sbom.ts";

interface Given {
  readonly purl: string;
  readonly name: string;
  readonly version?: string;
  readonly group?: string;
}

function bytesOf(component: Given): Buffer {
  return Buffer.from(
    JSON.stringify({
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      version: 1,
      components: [{ type: "library", ...component }],
    }),
  );
}

/** `type namespace/name@version`, or the missing fields. */
function told(component: Given): string {
  const read = readSbom(bytesOf(component), "a");
  const [found] = "document" in read ? read.document.components : [];
  const facts = found?.facts;
  if (facts === undefined) return found?.missing.join() ?? "nothing";
  const { type, namespace, name, version } = facts;
  return `${type} ${namespace === undefined ? "" : `${namespace}/`}${name}@${version}`;
}

test.each<[string, Given, string]>([
  ["cyclonedx-gomod", { purl: "pkg:golang/std@go1.22.1", name: "std", version: "go1.22.1" }, "stdlib@1.22.1"],
  ["syft", { purl: "pkg:golang/stdlib@1.22.1", name: "stdlib", version: "go1.22.1" }, "stdlib@1.22.1"],
  [
    "a version of Go beside the name stdlib",
    { purl: "pkg:golang/stdlib@go1.22.1", name: "stdlib" },
    "stdlib@1.22.1",
  ],
  ["a version with v beside the name std", { purl: "pkg:golang/std@v1.22.1", name: "std" }, "stdlib@1.22.1"],
  ["a module that is called std", { purl: "pkg:golang/a.b/std@go1.0", name: "a.b/std" }, "a.b/std@go1.0"],
  ["Go", { purl: "pkg:golang/golang.org/x/crypto@v0.1.0", name: "x" }, "agreement"],
  [
    "a module",
    { purl: "pkg:golang/golang.org/x/crypto@v0.1.0", name: "golang.org/x/crypto", version: "v0.1.0" },
    "golang.org/x/crypto@v0.1.0",
  ],
  ["Bitnami's", { purl: "pkg:bitnami/node@14.17.0-2?arch=amd64", name: "node" }, "generic node@14.17.0"],
  ["a platform", { purl: "pkg:gem/rails@7.0.1-x86_64-linux", name: "rails" }, "gem rails@7.0.1"],
  ["JRuby's", { purl: "pkg:gem/puma@6.4.0-java", name: "puma", version: "6.4.0-java" }, "gem puma@6.4.0"],
  ["no platform", { purl: "pkg:gem/a@1.0.0-rc1", name: "a" }, "gem a@1.0.0-rc1"],
  ["a namespace of pypi", { purl: "pkg:pypi/x/django@4.2.1", name: "django" }, "purl"],
  ["a namespace of gem", { purl: "pkg:gem/x/rails@7.0.1", name: "rails" }, "purl"],
  [
    "a group beside the purl",
    { purl: "pkg:maven/log4j-core@2.14.1", name: "log4j-core", group: "org.apache.logging.log4j" },
    "maven org.apache.logging.log4j/log4j-core@2.14.1",
  ],
  [
    "another version beside",
    { purl: "pkg:npm/lodash@4.17.21", name: "lodash", version: "4.17.15" },
    "agreement",
  ],
  ["another name beside", { purl: "pkg:npm/good@1.0.0", name: "lodash", version: "1.0.0" }, "agreement"],
  ["a scope", { purl: "pkg:npm/%40a/b@1", name: "b", group: "@a", version: "1" }, "npm @a/b@1"],
  ["another way to write a name", { purl: "pkg:pypi/a-b@1", name: "A_B", version: "1" }, "pypi a-b@1"],
  ["an epoch", { purl: "pkg:rpm/rhel/a@1-2?epoch=3", name: "a", version: "3:1-2" }, "rpm a@3:1-2"],
  ["an epoch on one side", { purl: "pkg:rpm/rhel/a@1-2?epoch=3", name: "a", version: "1-2" }, "rpm a@3:1-2"],
  [
    "a program as everyone likes",
    { purl: "pkg:generic/node@20.1.0", name: "Node.js" },
    "generic node@20.1.0",
  ],
])("%s", (_, component, expected) => {
  expect(told(component)).toContain(expected);
});

test("what contradicts itself covers nothing", () => {
  const of = (version: string) =>
    embeddedSbom(bytesOf({ purl: "pkg:npm/lodash@4.17.21", name: "lodash", version }), "a").packages;
  expect([of("4.17.21"), of("4.17.15")]).toEqual([["npm/lodash@4.17.21"], []]);
});

test.each(
  "x86 x64 x86_64 aarch64 arm arm64 armv6 armv7 i386 i686 universal java jruby mswin32 mswin64 mingw32".split(
    " ",
  ),
)("%s is the platform of a gem, not its version", (platform) => {
  const versionOf = (version: string) => told({ purl: `pkg:gem/a@${version}`, name: "a" });
  for (const rest of ["", "-linux", "-linux-musl", "-darwin-23"])
    expect(versionOf(`1.16.0-${platform}${rest}`)).toBe("gem a@1.16.0");
  expect(versionOf(`1.16.0-x${platform}x`)).toBe(`gem a@1.16.0-x${platform}x`);
});

test.each([
  ["pkg:bitnami/node", "generic node@"],
  ["pkg:bitnami/node@14.17.0-12345", "generic node@14.17.0-12345"],
  ["pkg:bitnami/node@14.17.0-1234", "generic node@14.17.0"],
  ["pkg:gem/a", "gem a@"],
  ["pkg:golang/std", "golang stdlib@"],
  ["pkg:golang/std@v1.22.1", "golang stdlib@1.22.1"],
  ["pkg:golang/std@devel", "golang stdlib@devel"],
  ["pkg:golang/x/std@v1.0.0", "golang x/std@v1.0.0"],
  ["pkg:maven/a@1", "maven a@1"],
])("%s is %s", (purl, expected) => {
  expect(told({ purl, name: "" })).toBe(expected);
  expect(told({ purl, name: "", group: "" })).toBe(expected);
});

test("a group beside the purl is Maven's alone, and not in place of its own", () => {
  expect(told({ purl: "pkg:maven/b/a@1", name: "a", group: "c" })).toBe("maven b/a@1");
  expect(told({ purl: "pkg:npm/a@1", name: "a", group: "@c" })).toBe("npm a@1");
});

test.each([
  ["a", "b/a", true],
  ["a", "b:a", true],
  ["a", "ba", false],
  ["a", "a/b", false],
  ["a-b", "A_.B", true],
  ["a", "a\t", true],
])("the name %s is shown by %j: %s", (name, shown, expected) => {
  expect(told({ purl: `pkg:npm/${name}@1`, name: shown })).toBe(expected ? `npm ${name}@1` : "agreement");
});

test.each([
  ["1.0", "1.0", true],
  ["1.0", "v1.0", true],
  ["go1.0", "1.0", true],
  ["1.0-RC1", "1.0-rc1", true],
  ["12:1.0", "1.0", true],
  ["1.0", "", true],
  ["", "1.0", true],
  ["vanilla", "anilla", false],
  ["1.0", "1.0.0", false],
])("the version %j beside %j agrees: %s", (version, beside, expected) => {
  const purl = version === "" ? "pkg:npm/a" : `pkg:npm/a@${version}`;
  expect(told({ purl, name: "a", version: beside })).toBe(
    expected ? `npm a@${version === "" ? beside : version}` : "agreement",
  );
});
