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
