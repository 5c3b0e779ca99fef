import { expect, test } from "vitest";
import type { SbomDocument } from "./sbom-document.ts";
import { readSpdx3 } from "./spdx3-json.ts";

const HEX = "ab".repeat(32);
const OTHER = "cd".repeat(32);
const LAYER = `sha256:${"ef".repeat(32)}`;

type Element = Readonly<Record<string, unknown>>;

function read(...elements: readonly Element[]): SbomDocument {
  return readSpdx3({ "@graph": elements });
}

function element(name: string, more: Element = {}): Element {
  return { type: "software_Package", spdxId: `urn:${name}`, name, ...more };
}

function relationship(relationshipType: string, from: string, ...to: readonly string[]): Element {
  return { type: "Relationship", spdxId: `urn:${from}-${to.join()}`, relationshipType, from, to };
}

const NPM = element("a", { software_packageVersion: "1", software_packageUrl: "pkg:npm/a@1" });
const IMAGE = element("image", { software_primaryPurpose: "container" });
const DOCUMENT = { type: "SpdxDocument", spdxId: "urn:d", rootElement: ["urn:image"] };

// https://spdx.github.io/spdx-spec/v3.0.1/model/Software/Vocabularies/SoftwarePurpose/
test.each([
  ["application", 1],
  ["library", 1],
  ["framework", 1],
  ["firmware", 1],
  ["container", 0],
  ["source", 0],
  ["file", 0],
  ["archive", 0],
  ["operatingSystem", 0],
  [undefined, 1],
])("an element of the purpose %s is %i package; with a package URL it is one", (purpose, count) => {
  const one = element("x", { software_primaryPurpose: purpose });
  expect(read(one).components).toHaveLength(count);
  const withPurl = { ...one, software_packageUrl: "pkg:npm/x@1" };
  expect(read(withPurl).components).toHaveLength(purpose === "operatingSystem" ? 0 : 1);
});

test.each([
  [{ software_packageUrl: "pkg:npm/x@1" }, "pkg:npm/x@1"],
  [
    { externalIdentifier: [{ externalIdentifierType: "packageUrl", identifier: "pkg:npm/x@1" }] },
    "pkg:npm/x@1",
  ],
  [
    {
      externalIdentifier: [
        { externalIdentifierType: "cpe23", identifier: "cpe" },
        { externalIdentifierType: "packageUrl", identifier: "pkg:npm/x@1" },
        { externalIdentifierType: "packageUrl", identifier: "pkg:npm/x@2" },
      ],
    },
    "pkg:npm/x@1",
  ],
  [{ externalIdentifier: [{ externalIdentifierType: "cpe23", identifier: "cpe" }] }, undefined],
  [{}, undefined],
])("the package URL of %j is %s", (fields, purl) => {
  expect(read(element("x", fields)).components[0]?.purl).toBe(purl);
});

test("the system is the element of that purpose, and the release of the distribution's packages", () => {
  const system = element("debian", {
    software_primaryPurpose: "operatingSystem",
    software_packageVersion: "13",
    description: "Debian 13",
  });
  const deb = element("libc6", { software_packageUrl: "pkg:deb/debian/libc6@2.41" });
  const { os, components } = read(deb, system);
  expect(os).toEqual({ id: "debian", version: "13", name: "Debian 13" });
  expect(components.map(({ name, os: release }) => [name, release])).toEqual([["libc6", os]]);
  expect(read({ ...system, software_packageVersion: 13, description: undefined, name: 1 }).os).toEqual({
    id: "",
  });
  expect(read(deb)).not.toHaveProperty("os");
});

test("the subject is the first package below the document's root, or its SBOM's", () => {
  const sbom = { type: "software_Sbom", spdxId: "urn:s", rootElement: ["urn:file", "urn:image", "urn:a"] };
  const file = { type: "software_File", spdxId: "urn:file", name: "f" };
  for (const root of [[DOCUMENT], [sbom], [{ ...sbom, type: "Bom" }]])
    expect(read(...root, file, NPM, IMAGE).subject).toMatchObject({ name: "image", kind: "container" });
  expect(read({ ...sbom, type: "Bundle" }, IMAGE)).not.toHaveProperty("subject");
  expect(read({ ...DOCUMENT, rootElement: ["urn:file"] }, file, IMAGE)).not.toHaveProperty("subject");
});

test("the subject has all that is stated of it", () => {
  const image = element("portal", {
    spdxId: "urn:image",
    software_packageVersion: "1.0",
    software_primaryPurpose: "container",
    software_packageUrl: "pkg:oci/portal",
    verifiedUsing: [
      { type: "Hash", algorithm: "sha512", hashValue: OTHER },
      { type: "Hash", algorithm: "sha256", hashValue: HEX },
      { type: "Hash", algorithm: "sha256", hashValue: "no" },
    ],
    extension: [
      {
        extension_cdxProperty: [
          { extension_cdxPropName: "douane:image:layer", extension_cdxPropValue: LAYER },
          { extension_cdxPropName: "douane:unread", extension_cdxPropValue: "/a" },
          { extension_cdxPropName: "douane:unread" },
          { extension_cdxPropValue: "/b" },
        ],
      },
      { extension_cdxProperty: [{ extension_cdxPropName: "douane:unread", extension_cdxPropValue: "/c" }] },
    ],
  });
  const { subject, incomplete, components } = read(DOCUMENT, image);
  expect(subject).toEqual({
    name: "portal",
    version: "1.0",
    kind: "container",
    purl: "pkg:oci/portal",
    digests: [`sha256:${HEX}`],
    diffIds: [LAYER],
  });
  expect(incomplete).toEqual(["/a", "/c"]);
  expect(components).toEqual([]);
  const { subject: bare } = read(DOCUMENT, { type: "software_Package", spdxId: "urn:image" });
  expect(bare).toEqual({ name: "", digests: [], diffIds: [] });
});

test("a subject with a package URL of an ecosystem is a package itself", () => {
  const root = { ...DOCUMENT, rootElement: ["urn:a"] };
  expect(read(root, NPM).components.map(({ name }) => name)).toEqual(["a"]);
  expect(read(root, { ...NPM, software_packageUrl: undefined }).components).toEqual([]);
});

const CREATION = {
  type: "CreationInfo",
  "@id": "_:c",
  specVersion: "3.0.1",
  created: "2026-06-15T12:00:00Z",
  createdBy: ["urn:o", "urn:p", "urn:s"],
};
const MAKERS = [
  { type: "Organization", spdxId: "urn:o", name: "Acme" },
  { type: "Person", spdxId: "urn:p", name: "Jo" },
  { type: "SoftwareAgent", spdxId: "urn:s", name: "maker" },
  { type: "Tool", spdxId: "urn:t", name: "tool 1" },
];

test("the creation names the authors, the tools and the time", () => {
  const document = { ...DOCUMENT, creationInfo: "_:c" };
  const creation = { ...CREATION, createdUsing: ["urn:t", "urn:unknown"] };
  const sbom = { type: "software_Sbom", spdxId: "urn:sbom", software_sbomType: ["build", "source"] };
  expect(read(document, creation, sbom, ...MAKERS)).toMatchObject({
    format: "SPDX",
    encoding: "json",
    version: "3.0.1",
    id: "urn:d",
    created: "2026-06-15T12:00:00Z",
    tools: ["tool 1", "urn:unknown"],
    authors: ["Acme", "Jo"],
    phase: "build",
    files: [],
    vulnerabilities: 0,
  });
  // Without tools, the creators are named; without a reference, the first creation counts.
  expect(read(DOCUMENT, CREATION, ...MAKERS).tools).toEqual(["Acme", "Jo", "maker"]);
  expect(read({ ...DOCUMENT, creationInfo: { created: "then" } }, CREATION).created).toBe("then");
  const bare = read({ type: "SpdxDocument" });
  expect([bare.version, bare.tools, bare.incomplete, bare.remarks]).toEqual(["", [], [], []]);
  for (const absent of ["id", "created", "authors", "phase", "subject", "isRelated"])
    expect(bare).not.toHaveProperty(absent);
});

test.each([
  ["contains", "Relationship", true],
  ["dependsOn", "Relationship", true],
  ["dependsOn", "LifecycleScopedRelationship", true],
  ["describes", "Relationship", undefined],
  ["contains", "Other", undefined],
])("the relationship %s in a %s relates packages: %s", (relationshipType, type, expected) => {
  expect(read({ ...relationship(relationshipType, "urn:a", "urn:b"), type }).isRelated).toBe(expected);
});

test.each([
  ["incomplete", ["incomplete"]],
  ["complete", []],
  ["noAssertion", []],
  [undefined, []],
])("a containment that is %s gives the reasons %j", (completeness, expected) => {
  const one = { ...relationship("contains", "urn:image", "urn:a"), completeness };
  expect(read(one, one).incomplete).toEqual(expected);
  expect(read({ ...one, relationshipType: "dependsOn" }).incomplete).toEqual([]);
});

test("a package has its supplier, its declared licences and its hashes", () => {
  const all = read(
    { ...NPM, suppliedBy: "urn:o", verifiedUsing: [{ algorithm: "sha512", hashValue: HEX }] },
    element("b", { software_packageUrl: "pkg:npm/b@1", suppliedBy: { name: "Own" } }),
    element("c", { software_packageUrl: "pkg:npm/c@1" }),
    ...MAKERS,
    relationship("hasDeclaredLicense", "urn:a", "urn:mit", "urn:isc"),
    relationship("hasDeclaredLicense", "urn:a", "urn:0bsd"),
    relationship("hasConcludedLicense", "urn:c", "urn:mit"),
    { spdxId: "urn:mit", simplelicensing_licenseExpression: "MIT" },
    { spdxId: "urn:isc", simplelicensing_licenseExpression: "ISC" },
    { "@id": "urn:0bsd", simplelicensing_licenseExpression: "0BSD" },
  );
  expect(
    all.components.map(({ ref, version, facts, further }) => ({ ref, version, facts, further })),
  ).toEqual([
    {
      ref: "urn:a",
      version: "1",
      facts: { type: "npm", name: "a", version: "1", licenses: ["MIT", "ISC", "0BSD"], supplier: "Acme" },
      further: ["hash", "sha-512"],
    },
    { ref: "urn:b", version: "", facts: { type: "npm", name: "b", version: "1", supplier: "Own" } },
    { ref: "urn:c", version: "", facts: { type: "npm", name: "c", version: "1" } },
  ]);
});

test("our own licences go before those of elements", () => {
  const extension = [
    { extension_cdxProperty: [{ extension_cdxPropName: "douane:license", extension_cdxPropValue: "as is" }] },
  ];
  const { components } = read({ ...NPM, extension }, relationship("hasDeclaredLicense", "urn:a", "urn:mit"), {
    spdxId: "urn:mit",
    simplelicensing_licenseExpression: "MIT",
  });
  expect(components[0]?.facts?.licenses).toEqual(["as is"]);
});

test("a file states the packages that it holds, and the subject those of others", () => {
  const verifiedUsing = [{ algorithm: "sha256", hashValue: HEX }];
  const file = (name: string) => ({
    type: "software_File",
    spdxId: `urn:${name}`,
    name: `/${name}`,
    verifiedUsing,
  });
  const subject = { ...IMAGE, name: "/image", verifiedUsing };
  const described = (...elements: readonly Element[]) =>
    read(...elements).files.map(({ path, isDescribed }) => [path, isDescribed]);
  expect(
    described(
      DOCUMENT,
      NPM,
      file("holds"),
      file("bare"),
      subject,
      relationship("contains", "urn:holds", "urn:a"),
    ),
  ).toEqual([
    ["/holds", true],
    ["/bare", undefined],
    ["/image", true],
  ]);
  // A subject that is the only package states nothing of others, and an element that is no subject neither.
  const alone = { ...NPM, name: "/a", verifiedUsing };
  expect(described({ ...DOCUMENT, rootElement: ["urn:a"] }, alone)).toEqual([["/a", undefined]]);
  expect(described({ ...DOCUMENT, rootElement: ["urn:a"] }, alone, element("b"))).toEqual([["/a", true]]);
  expect(described(DOCUMENT, alone, element("b"))).toEqual([["/a", undefined]]);
});

test("elements of security are counted, and references that several elements have are named", () => {
  const { vulnerabilities, remarks } = read(
    { type: "security_Vulnerability", spdxId: "urn:v" },
    { type: "security_VexAffectedVulnAssessmentRelationship", "@id": "urn:v" },
    { type: "software_Package", spdxId: "urn:security_" },
  );
  expect(vulnerabilities).toBe(2);
  expect(remarks.map(({ en }) => en)).toEqual(['several components have the reference "urn:v"']);
});
