import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { osOfDistro } from "./distro.ts";
import { parsePurl } from "./purl.ts";

function parsed(text: string) {
  const purl = parsePurl(text);
  return purl && { ...purl, qualifiers: Object.fromEntries(purl.qualifiers) };
}

test.each([
  // Examples of the specification.
  [
    "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie",
    {
      type: "deb",
      namespace: "debian",
      name: "curl",
      version: "7.50.3-1",
      qualifiers: { arch: "i386", distro: "jessie" },
    },
  ],
  [
    "pkg:golang/google.golang.org/genproto#googleapis/api/annotations",
    {
      type: "golang",
      namespace: "google.golang.org",
      name: "genproto",
      qualifiers: {},
      subpath: "googleapis/api/annotations",
    },
  ],
  [
    "pkg:npm/%40angular/animation@12.3.1",
    { type: "npm", namespace: "@angular", name: "animation", version: "12.3.1", qualifiers: {} },
  ],
  // Unencoded scope, as some tools write it.
  ["pkg:npm/@babel/core", { type: "npm", namespace: "@babel", name: "core", qualifiers: {} }],
  [
    "pkg:npm/@babel/core@7.0.0",
    { type: "npm", namespace: "@babel", name: "core", version: "7.0.0", qualifiers: {} },
  ],
  [
    "PKG://NPM/a//b@1?A=x&empty=",
    { type: "npm", namespace: "a", name: "b", version: "1", qualifiers: { a: "x" } },
  ],
  ["pkg:golang/stdlib@1.22.1", { type: "golang", name: "stdlib", version: "1.22.1", qualifiers: {} }],
  [
    "pkg:generic/openssl@1.1.10g?checksum=sha1:ad95%2Csha256:41bf&download_url=https://example.org/a",
    {
      type: "generic",
      name: "openssl",
      version: "1.1.10g",
      qualifiers: { checksum: "sha1:ad95,sha256:41bf", download_url: "https://example.org/a" },
    },
  ],
  ["pkg:generic/a%0Ab@1%3A2", { type: "generic", name: "a\nb", version: "1:2", qualifiers: {} }],
])("%j", (text, purl) => {
  expect(parsed(text)).toEqual(purl);
});

test.each([
  "",
  "npm/a@1",
  "pkg:npm",
  "pkg:npm/",
  "pkg:/a",
  "pkg:n%70m/a",
  "pkg:npm/a@%",
  "pkg:npm/%FF",
  "pkg:npm/a?x",
  "pkg:npm/a?x=1&X=2",
  // Cases of the specification.
  "EnterpriseLibrary.Common@6.0.1304",
  "pkg:EnterpriseLibrary.Common@6.0.1304",
  "pkg:n&g?inx/nginx@0.8.9",
  "pkg:3nginx/nginx@0.8.9",
  "pkg:nginx:a/nginx@0.8.9",
  "pkg:npm/myartifact@1.0.0?in%20production=true",
  "pkg:npm/a?1x=1",
  "pkg:maven/@1.3.4",
  "pkg%3Amaven/org.apache.commons/io",
  // Examples from the definitions of the types.
  "pkg:swift/github.com/Alamofire/Alamofire",
  "pkg:cran/A3",
  "pkg:pypi/evil/django@1.0",
  "pkg:gem/evil/rails@7.0.0",
  "pkg:cargo/evil/rand@0.7.2",
  "pkg:nuget/evil/EnterpriseLibrary.Common@6.0.1304",
  `pkg:npm/${"a".repeat(LIMITS.packageNameCharacters * 8)}`,
])("%j is none", (text) => {
  expect(parsePurl(text)).toBeUndefined();
});

test("never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(() => parsePurl(`pkg:npm/${text}`)).not.toThrow();
    }),
  );
});

describe("the release that a purl's distro names", () => {
  test.each([
    ["debian-13", "debian", { id: "debian", version: "13" }],
    ["debian-13.8", "debian", { id: "debian", version: "13.8" }],
    ["bookworm", "debian", { id: "debian", version: "12" }],
    ["ubuntu-noble", "ubuntu", { id: "ubuntu", version: "24.04" }],
    ["3.22.1", "alpine", { id: "alpine", version: "3.22.1" }],
    ["rhel-9.4", "redhat", { id: "rhel", version: "9.4" }],
    ["opensuse-leap-15.6", "opensuse", { id: "opensuse", version: "leap-15.6" }],
    ["opensuse-leap-15.6", "opensuse-leap", { id: "opensuse-leap", version: "15.6" }],
    ["sid", "sid", { id: "sid" }],
    ["sid", undefined, { id: "sid" }],
  ])("%s of %s", (distro, namespace, os) => {
    expect(osOfDistro(distro, namespace)).toEqual(os);
  });
});
