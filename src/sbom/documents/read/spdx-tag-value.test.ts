import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import { isTagValue, spdxOfTags } from "./spdx-tag-value.ts";

function valueOf(text: string): unknown {
  const read = spdxOfTags(text, "a.spdx");
  return "value" in read ? read.value : read;
}

const EMPTY = { creationInfo: { creators: [] }, packages: [], files: [], relationships: [] };
const NO_LISTS = { externalRefs: [], attributionTexts: [], checksums: [] };

test("each tag is the field of SPDX JSON that has its content", () => {
  const text = `SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: portal
DocumentNamespace: https://example.fr/portal
Creator: Tool: maker-1
Creator: Person: Jo
Created: 2026-06-15T12:00:00Z
PackageName: libc6
SPDXID: SPDXRef-a
PackageVersion: 2.41
PackageSupplier: Organization: Debian
PackageDownloadLocation: NONE
PackageFileName: ./libc6.deb
PrimaryPackagePurpose: LIBRARY
PackageSourceInfo: built package from: glibc 2.41
PackageLicenseDeclared: MIT
PackageComment: a comment
PackageDescription: the library
PackageChecksum: SHA256:\tabcd
PackageChecksum: SHA512: ef01
PackageAttributionText: one
PackageAttributionText: other
ExternalRef: PACKAGE-MANAGER purl\tpkg:deb/debian/libc6@2.41
ExternalRef: SECURITY advisory  https://example.fr/a
FileName: ./a.js
SPDXID: SPDXRef-f
FileChecksum: SHA256: 1234
FileChecksum: SHA1: 56
FileName: ./b.js
Relationship: SPDXRef-a CONTAINS SPDXRef-f
Relationship: SPDXRef-a OTHER
`;
  expect(valueOf(text)).toEqual({
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: "portal",
    documentNamespace: "https://example.fr/portal",
    creationInfo: { creators: ["Tool: maker-1", "Person: Jo"], created: "2026-06-15T12:00:00Z" },
    packages: [
      {
        name: "libc6",
        SPDXID: "SPDXRef-a",
        versionInfo: "2.41",
        supplier: "Organization: Debian",
        downloadLocation: "NONE",
        packageFileName: "./libc6.deb",
        primaryPackagePurpose: "LIBRARY",
        sourceInfo: "built package from: glibc 2.41",
        licenseDeclared: "MIT",
        comment: "a comment",
        description: "the library",
        checksums: [
          { algorithm: "SHA256", checksumValue: "abcd" },
          { algorithm: "SHA512", checksumValue: "ef01" },
        ],
        attributionTexts: ["one", "other"],
        externalRefs: [
          {
            referenceCategory: "PACKAGE-MANAGER",
            referenceType: "purl",
            referenceLocator: "pkg:deb/debian/libc6@2.41",
          },
          {
            referenceCategory: "SECURITY",
            referenceType: "advisory",
            referenceLocator: "https://example.fr/a",
          },
        ],
      },
    ],
    files: [
      {
        fileName: "./a.js",
        SPDXID: "SPDXRef-f",
        checksums: [
          { algorithm: "SHA256", checksumValue: "1234" },
          { algorithm: "SHA1", checksumValue: "56" },
        ],
      },
      { fileName: "./b.js", checksums: [] },
    ],
    relationships: [
      { spdxElementId: "SPDXRef-a", relationshipType: "CONTAINS", relatedSpdxElement: "SPDXRef-f" },
      { spdxElementId: "SPDXRef-a", relationshipType: "OTHER", relatedSpdxElement: "" },
    ],
  });
});

test.each(["SnippetSPDXID: SPDXRef-s", "LicenseID: LicenseRef-1"])(
  "%s ends a package: its own identifier is not the package's",
  (tag) => {
    expect(valueOf(`PackageName: a\nSPDXID: SPDXRef-a\n${tag}\nSPDXID: SPDXRef-x\n`)).toEqual({
      ...EMPTY,
      packages: [{ name: "a", SPDXID: "SPDXRef-a", ...NO_LISTS }],
    });
  },
);

describe("the content of a tag", () => {
  test.each([
    ["DocumentName:portal", "portal"],
    ["  DocumentName :  portal  ", "portal"],
    ["DocumentName: a: b", "a: b"],
    ["DocumentName: portal\r", "portal"],
    ["DocumentName: <text>one\ntwo: three\n</text>\n", "one\ntwo: three\n"],
    ["DocumentName: <text>one</text> rest\nUnknown: x", "one"],
    ["DocumentName: <text>one\n", "one\n"],
    ["DocumentName: see <text>", "see <text>"],
    ["DocumentName: a\nDocumentName: b", "b"],
    ["#DocumentName: a", undefined],
    [": a", undefined],
    ["DocumentName", undefined],
    ["Unknown: a", undefined],
  ])("in %j is %j", (text, name) => {
    expect(valueOf(text)).toEqual({ ...EMPTY, ...(name === undefined ? {} : { name }) });
  });

  test("behind a text of several lines goes on with the next line", () => {
    expect(valueOf("DocumentName: <text>a\nb</text>\nDataLicense: CC0-1.0")).toMatchObject({
      name: "a\nb",
      dataLicense: "CC0-1.0",
    });
    expect(valueOf("DocumentName: <text>a</text> DataLicense: no\nSPDXID: b")).toMatchObject({
      name: "a",
      SPDXID: "b",
    });
  });
});

test.each([
  ["SPDXVersion: SPDX-2.3", true],
  ["# comment\n\n  SPDXVersion: SPDX-2.3", true],
  ["\r\n#\r\nSPDXVersion:", true],
  ["DataLicense: CC0-1.0\nSPDXVersion: SPDX-2.3", false],
  ["xSPDXVersion: SPDX-2.3", false],
  ["# comment", false],
  ["", false],
  [`${"#\n".repeat(2_048)}SPDXVersion: SPDX-2.3`, false],
  [`${"#\n".repeat(2_041)}SPDXVersion: SPDX-2.3`, true],
])("%j is in tags and values: %s", (text, expected) => {
  expect(isTagValue(text)).toBe(expected);
});

test("as many packages and files as a document may have are read; a further package is refused", () => {
  const packages = "PackageName: a\n".repeat(LIMITS.sbomComponents);
  expect(valueOf(packages)).toMatchObject({ packages: { length: LIMITS.sbomComponents } });
  expect(valueOf(`${packages}PackageName: b\n`)).toMatchObject({
    code: "too-large",
    message: { en: expect.stringContaining("(limit sbomComponents)") },
  });
  const files = "FileName: a\n".repeat(LIMITS.sbomComponents + 1);
  const read = valueOf(`${files}SPDXID: SPDXRef-f\n`);
  expect(read).toMatchObject({ files: { length: LIMITS.sbomComponents } });
  expect(JSON.stringify(read)).not.toContain("SPDXRef-f");
});
