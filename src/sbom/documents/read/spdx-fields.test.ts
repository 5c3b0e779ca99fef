import { expect, test } from "vitest";
import { readSpdx } from "./spdx-json.ts";

const HEX = "ab".repeat(32);

function purl(referenceLocator: string) {
  return {
    externalRefs: [
      { referenceType: "cpe23Type", referenceLocator: "cpe" },
      { referenceType: "purl", referenceLocator },
    ],
  };
}

function components(...packages: readonly object[]) {
  return readSpdx({ packages }).components;
}

const NPM = { SPDXID: "SPDXRef-a", name: "a", versionInfo: "1", ...purl("pkg:npm/a@1") };

// https://spdx.github.io/spdx-spec/v2.3/package-information/#724-primary-package-purpose-field
test.each([
  ["APPLICATION", 1],
  ["FRAMEWORK", 1],
  ["LIBRARY", 1],
  ["CONTAINER", 0],
  ["OPERATING-SYSTEM", 0],
  ["OPERATING_SYSTEM", 0],
  ["DEVICE", 1],
  ["FIRMWARE", 1],
  ["SOURCE", 0],
  ["ARCHIVE", 0],
  ["FILE", 0],
  ["INSTALL", 1],
  ["OTHER", 1],
  ["", 1],
])("an element of the purpose %s is %i package", (primaryPackagePurpose, count) => {
  expect(components({ SPDXID: "SPDXRef-x", name: "x", primaryPackagePurpose })).toHaveLength(count);
});

test("an element with a purl is a package, and trivy's lock file is none", () => {
  expect(components({ ...NPM, primaryPackagePurpose: "SOURCE" })).toHaveLength(1);
  expect(components({ SPDXID: "SPDXRef-Application-1", name: "package-lock.json" })).toEqual([]);
  expect(components({ SPDXID: "SPDXRef-My-Application-1", name: "x" })).toHaveLength(1);
});

test.each([
  ["Organization: Acme", "Acme"],
  ["Person: Jo", undefined],
  ["NOASSERTION", undefined],
])("the supplier %s is %s", (supplier, expected) => {
  expect(components({ ...NPM, supplier })[0]?.facts?.supplier).toBe(expected);
});

test.each([
  ["MIT", ["MIT"]],
  ["NOASSERTION", undefined],
  ["NONE", undefined],
  [undefined, undefined],
])("the declared license %s is %j", (licenseDeclared, expected) => {
  expect(components({ ...NPM, licenseDeclared })[0]?.facts?.licenses).toEqual(expected);
});

const DEB = {
  SPDXID: "SPDXRef-b",
  name: "libc6",
  versionInfo: "2.41-12",
  ...purl("pkg:deb/debian/libc6@2.41-12?distro=debian-13"),
};

test.each([
  ["built package from: glibc 2.41-12", { name: "glibc", version: "2.41-12" }],
  ["built package from: glibc", undefined],
  ["it was built package from: glibc 2.41-12", undefined],
])("the source in %j is %j", (sourceInfo, expected) => {
  expect(components({ ...DEB, sourceInfo })[0]?.facts?.source).toEqual(expected);
});

test.each([
  [
    "acquired package info from DPKG DB: /var/lib/dpkg/status, /usr/share/doc/a",
    ["/var/lib/dpkg/status", "/usr/share/doc/a"],
  ],
  ["acquired package info from the following paths: /a, /b", ["/a", "/b"]],
  ["acquired package info from nothing", []],
  ["package info: /a", []],
  ["", []],
])("the places in %j are %j", (sourceInfo, expected) => {
  expect(components({ ...NPM, sourceInfo })[0]?.places.map(({ path }) => path)).toEqual(expected);
});

test("trivy's attribution texts are properties", () => {
  const layer = `sha256:${HEX}`;
  const attributionTexts = [`LayerDiffID: ${layer}`, "nothing", "PkgType: npm"];
  const [one] = components({
    ...NPM,
    sourceInfo: "acquired package info from the following paths: /a",
    attributionTexts,
  });
  expect(one?.places).toEqual([{ path: "/a", layer }]);
});

test.each([
  [{ documentDescribes: ["SPDXRef-i"] }],
  [
    {
      relationships: [
        { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: "SPDXRef-i" },
      ],
    },
  ],
  [
    {
      relationships: [
        {
          spdxElementId: "SPDXRef-i",
          relationshipType: "DESCRIBED_BY",
          relatedSpdxElement: "SPDXRef-DOCUMENT",
        },
      ],
    },
  ],
])("the subject is what %j describes, and no package", (described) => {
  const image = {
    SPDXID: "SPDXRef-i",
    name: "portal",
    versionInfo: "1.0",
    primaryPackagePurpose: "CONTAINER",
    checksums: [
      { algorithm: "SHA256", checksumValue: HEX },
      { algorithm: "SHA512", checksumValue: "cd".repeat(32) },
    ],
  };
  const document = readSpdx({ ...described, packages: [NPM, image] });
  expect(document.subject).toMatchObject({
    name: "portal",
    version: "1.0",
    kind: "CONTAINER",
    digests: [`sha256:${HEX}`],
  });
  expect(document.components.map(({ name }) => name)).toEqual(["a"]);
  expect(document).not.toHaveProperty("isRelated");
});

test("a subject with a package URL of an ecosystem is a package itself", () => {
  const { subject, components: found } = readSpdx({ documentDescribes: ["SPDXRef-a"], packages: [NPM] });
  expect([subject?.purl, found.length]).toEqual(["pkg:npm/a@1", 1]);
  const image = { SPDXID: "SPDXRef-i", name: "i", ...purl("pkg:oci/i") };
  expect(readSpdx({ documentDescribes: ["SPDXRef-i"], packages: [image] }).components).toEqual([]);
});

test("the system, the tools and the authors are read", () => {
  const document = readSpdx({
    spdxVersion: "SPDX-2.3",
    documentNamespace: "https://a.example/1",
    creationInfo: {
      created: "2026-06-15T12:00:00Z",
      creators: ["Tool: syft-1.14", "Organization: Acme", "Person: Jo", "Tool: x"],
    },
    packages: [
      {
        SPDXID: "SPDXRef-os",
        name: "debian",
        versionInfo: "13",
        description: "Debian 13",
        primaryPackagePurpose: "OPERATING-SYSTEM",
      },
    ],
    relationships: [{ spdxElementId: "a", relationshipType: "CONTAINS", relatedSpdxElement: "b" }],
  });
  expect(document).toMatchObject({
    version: "2.3",
    id: "https://a.example/1",
    created: "2026-06-15T12:00:00Z",
    tools: ["syft-1.14", "x"],
    authors: ["Organization: Acme", "Person: Jo"],
    os: { id: "debian", version: "13", name: "Debian 13" },
    isRelated: true,
  });
  const bare = readSpdx({ packages: [{ SPDXID: "SPDXRef-os", primaryPackagePurpose: "OPERATING-SYSTEM" }] });
  expect([bare.version, bare.os, bare.tools]).toEqual(["", { id: "" }, []]);
  for (const absent of ["id", "created", "authors", "subject", "isRelated"])
    expect(bare).not.toHaveProperty(absent);
});

test.each([
  ["advisory", 1],
  ["fix", 1],
  ["swid-vulnerability", 1],
  ["purl", 0],
  ["url", 0],
])("a reference of the type %s is %i vulnerability", (referenceType, count) => {
  const one = { SPDXID: "SPDXRef-a", name: "a", externalRefs: [{ referenceType, referenceLocator: "x" }] };
  expect(readSpdx({ packages: [one, one] }).vulnerabilities).toBe(2 * count);
});

test("a file with a checksum states the packages that it holds", () => {
  const checksums = [{ algorithm: "SHA256", checksumValue: HEX }];
  const file = (name: string) => ({ SPDXID: `SPDXRef-${name}`, fileName: `/${name}`, checksums });
  const related = {
    spdxElementId: "SPDXRef-holds",
    relationshipType: "CONTAINS",
    relatedSpdxElement: "SPDXRef-a",
  };
  const { files } = readSpdx({
    packages: [NPM],
    files: [file("holds"), file("bare")],
    relationships: [related],
  });
  expect(files.map(({ path, isDescribed }) => [path, isDescribed])).toEqual([
    ["/holds", true],
    ["/bare", undefined],
  ]);
});
