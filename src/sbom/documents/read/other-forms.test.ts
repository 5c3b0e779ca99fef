import { describe, expect, test } from "vitest";
import { readSbom } from "./read-sbom.ts";
import type { ReadSbom, SbomDocument } from "./sbom-document.ts";

function read(text: string): ReadSbom {
  return readSbom(Buffer.from(text), "a");
}

function documentOf(value: unknown): SbomDocument {
  const result = read(typeof value === "string" ? value : JSON.stringify(value));
  if (!("document" in result)) throw new Error(`not read: ${JSON.stringify(result)}`);
  return result.document;
}

const LAYER = `sha256:${"ab".repeat(32)}`;
const IMAGE = `sha256:${"cd".repeat(32)}`;
const LIBC = "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13&upstream=glibc";

const LIBC_FACTS = {
  type: "deb",
  name: "libc6",
  version: "2.41-12",
  architecture: "amd64",
  source: { name: "glibc", version: "2.41-12" },
};

function purl(referenceLocator: string) {
  return [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator }];
}

const ABOUT = {
  SPDXID: "SPDXRef-DOCUMENT",
  dataLicense: "CC0-1.0",
  name: "portal",
  documentNamespace: "https://example.fr/portal-1",
};

/** A document by syft: the place of a package is in sourceInfo, the image is the root. */
const SYFT = {
  ...ABOUT,
  spdxVersion: "SPDX-2.3",
  creationInfo: {
    created: "2026-06-15T12:00:00Z",
    creators: ["Organization: Anchore, Inc", "Tool: syft-1.14.0"],
  },
  packages: [
    {
      SPDXID: "SPDXRef-Package-deb-libc6",
      name: "libc6",
      versionInfo: "2.41-12",
      supplier: "Person: GNU Libc Maintainers",
      downloadLocation: "NOASSERTION",
      sourceInfo: "acquired package info from DPKG DB: /usr/share/doc/libc6/copyright, /var/lib/dpkg/status",
      licenseDeclared: "GPL-2.0-only AND LGPL-2.1-only",
      externalRefs: [
        { referenceCategory: "SECURITY", referenceType: "cpe23Type", referenceLocator: "cpe:2.3:a:libc6" },
        ...purl(LIBC),
      ],
    },
    {
      SPDXID: "SPDXRef-Package-zlib",
      name: "zlib",
      downloadLocation: "NONE",
      licenseDeclared: "NOASSERTION",
    },
    {
      SPDXID: "SPDXRef-DocumentRoot-Image",
      name: "registry.example.fr/team/portal",
      versionInfo: IMAGE,
      downloadLocation: "NOASSERTION",
      primaryPackagePurpose: "CONTAINER",
      checksums: [{ algorithm: "SHA256", checksumValue: "ef".repeat(32) }],
      externalRefs: purl(`pkg:oci/portal@sha256%3A${"cd".repeat(32)}?arch=amd64`),
    },
  ],
  relationships: [
    {
      spdxElementId: "SPDXRef-DOCUMENT",
      relationshipType: "DESCRIBES",
      relatedSpdxElement: "SPDXRef-DocumentRoot-Image",
    },
  ],
};

test("SPDX 2.3 of syft: its packages, where they lie, and the image by each of its digests", () => {
  const document = documentOf(SYFT);
  expect(document).toMatchObject({
    format: "SPDX",
    encoding: "json",
    version: "2.3",
    tools: ["syft-1.14.0"],
    subject: {
      name: "registry.example.fr/team/portal",
      kind: "CONTAINER",
      digests: [IMAGE, `sha256:${"ef".repeat(32)}`],
      diffIds: [],
    },
  });
  expect(document.components).toEqual([
    {
      ref: "SPDXRef-Package-deb-libc6",
      name: "libc6",
      version: "2.41-12",
      purl: LIBC,
      catalogers: [],
      places: [{ path: "/usr/share/doc/libc6/copyright" }, { path: "/var/lib/dpkg/status" }],
      facts: { ...LIBC_FACTS, licenses: ["GPL-2.0-only AND LGPL-2.1-only"] },
      os: { id: "debian", version: "13" },
      missing: [],
    },
    {
      ref: "SPDXRef-Package-zlib",
      name: "zlib",
      version: "",
      catalogers: [],
      places: [],
      missing: ["purl"],
    },
  ]);
});

/**
 * A document by trivy: the source in sourceInfo, the layer in attribution texts, the epoch separate from the
 * version.
 */
const TRIVY_TAGS = `## SPDX 2.3
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: portal.tar
DocumentNamespace: https://example.fr/portal-2
Creator: Tool: trivy-dev
Created: 2026-06-15T12:00:00Z

PackageName: portal.tar
SPDXID: SPDXRef-ContainerImage-1
PackageDownloadLocation: NONE
PrimaryPackagePurpose: CONTAINER
PackageAttributionText: ImageID: ${IMAGE}
PackageAttributionText: DiffID: ${LAYER}

PackageName: debian
SPDXID: SPDXRef-OperatingSystem-1
PackageVersion: 13.1
PackageDownloadLocation: NONE
PrimaryPackagePurpose: OPERATING-SYSTEM

PackageName: package-lock.json
SPDXID: SPDXRef-Application-1
PackageDownloadLocation: NONE

PackageName: bsdutils
SPDXID: SPDXRef-Package-1
PackageVersion: 1:2.41-5
PackageSupplier: Organization: Debian
PackageDownloadLocation: NONE
PackageSourceInfo: built package from: util-linux 2.41-5
PackageComment: <text>SPDXID: not
PackageName: neither</text>
PackageChecksum: SHA256: ${"ab".repeat(32)}
ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/bsdutils@2.41-5?arch=amd64&epoch=1&distro=debian-13.1
ExternalRef: SECURITY advisory https://example.fr/advisory
PackageAttributionText: LayerDiffID: ${LAYER}

FileName: ./a
SPDXID: SPDXRef-File-1

Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-ContainerImage-1
`;

test("SPDX 2.3 in tags and values, as trivy writes it", () => {
  const document = documentOf(TRIVY_TAGS);
  expect(document).toMatchObject({
    encoding: "tag-value",
    version: "2.3",
    os: { id: "debian", version: "13.1" },
    subject: { digests: [IMAGE], diffIds: [LAYER] },
    vulnerabilities: 1,
  });
  expect(document.components).toEqual([
    {
      ref: "SPDXRef-Package-1",
      name: "bsdutils",
      version: "1:2.41-5",
      purl: "pkg:deb/debian/bsdutils@2.41-5?arch=amd64&epoch=1&distro=debian-13.1",
      catalogers: [],
      places: [],
      layer: LAYER,
      facts: {
        type: "deb",
        name: "bsdutils",
        version: "1:2.41-5",
        architecture: "amd64",
        source: { name: "util-linux", version: "2.41-5" },
        supplier: "Debian",
      },
      os: { id: "debian", version: "13.1" },
      missing: [],
      further: ["hash"],
    },
  ]);
});

test.each([
  ["SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n", "invalid"],
  [`${TRIVY_TAGS}PackageName: <text>`, "invalid"],
  ["# a comment\n\nHello: you\n", "unread"],
  ["", "unread"],
])("%j is %s", (text, state) => {
  expect(read(text).state).toBe(state);
});

const SPDX_3 = {
  "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
  "@graph": [
    {
      type: "CreationInfo",
      "@id": "_:c",
      specVersion: "3.0.1",
      created: "2026-06-15T12:00:00Z",
      createdBy: ["https://example.fr/tool"],
    },
    { type: "SpdxDocument", spdxId: "urn:d", creationInfo: "_:c", rootElement: ["urn:app"] },
    { type: "Organization", spdxId: "urn:o", creationInfo: "_:c", name: "Example" },
    {
      type: "software_Package",
      spdxId: "urn:app",
      creationInfo: "_:c",
      name: "proj",
      software_packageVersion: "1.0.0",
      software_packageUrl: "pkg:npm/proj@1.0.0",
      verifiedUsing: [{ type: "Hash", algorithm: "sha256", hashValue: "cd".repeat(32) }],
    },
    {
      type: "software_Package",
      spdxId: "urn:libc",
      creationInfo: "_:c",
      name: "libc6",
      suppliedBy: "urn:o",
      externalIdentifier: [
        { type: "ExternalIdentifier", externalIdentifierType: "packageUrl", identifier: LIBC },
      ],
    },
    { type: "software_File", spdxId: "urn:file", creationInfo: "_:c", name: "a" },
    { type: "simplelicensing_LicenseExpression", spdxId: "urn:l", simplelicensing_licenseExpression: "MIT" },
    {
      type: "Relationship",
      spdxId: "urn:r",
      relationshipType: "hasDeclaredLicense",
      from: "urn:libc",
      to: ["urn:l"],
    },
    {
      type: "Relationship",
      spdxId: "urn:s",
      relationshipType: "dependsOn",
      from: "urn:libc",
      to: ["urn:app"],
    },
    {
      type: "Relationship",
      spdxId: "urn:t",
      relationshipType: "dependsOn",
      from: "urn:app",
      to: ["urn:libc"],
    },
    { type: "security_Vulnerability", spdxId: "urn:v", creationInfo: "_:c" },
  ],
};

test("SPDX 3.0.1 of an application: itself, and what it has; cycles of dependencies are let be", () => {
  const document = documentOf(SPDX_3);
  expect(document).toMatchObject({
    version: "3.0.1",
    created: "2026-06-15T12:00:00Z",
    tools: ["https://example.fr/tool"],
    vulnerabilities: 1,
    subject: { name: "proj", digests: [IMAGE] },
  });
  expect(document.components.map(({ facts }) => facts)).toEqual([
    { type: "npm", name: "proj", version: "1.0.0" },
    { ...LIBC_FACTS, licenses: ["MIT"], supplier: "Example" },
  ]);
});

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" xmlns:own="urn:own" serialNumber="urn:uuid:1" version="1">
  <metadata>
    <timestamp>2026-06-15T12:00:00Z</timestamp>
    <tools><components><component type="application"><name>maker</name><version>2</version></component></components></tools>
    <component type="application" bom-ref="root"><name>portal</name><version>1.0</version></component>
  </metadata>
  <components>
    <component type="operating-system"><name>debian</name><version>13</version></component>
    <component type="library" bom-ref="libc">
      <supplier><name>Debian</name></supplier>
      <name>libc6</name>
      <version>2.41-12</version>
      <hashes><hash alg="SHA-256">${"ab".repeat(32)}</hash></hashes>
      <licenses><license><id>MIT</id></license><license><name>own</name></license></licenses>
      <purl>pkg:deb/debian/libc6@2.41-12?arch=amd64&amp;distro=debian-13&amp;upstream=glibc</purl>
      <own:name>other</own:name>
      <properties><property name="syft:location:0:path">/var/lib/dpkg/status</property></properties>
      <components>
        <component type="library"><group>a</group><name><![CDATA[b<c]]></name>
          <licenses><expression>MIT OR ISC</expression></licenses>
          <purl>pkg:maven/a/b%3Cc@1</purl>
          <evidence><occurrences><occurrence><location>/app/a.jar</location></occurrence></occurrences></evidence>
        </component>
      </components>
    </component>
  </components>
  <dependencies><dependency ref="libc"><dependency ref="libc"/></dependency></dependencies>
  <compositions><composition><aggregate>incomplete</aggregate></composition></compositions>
  <vulnerabilities><vulnerability/><vulnerability/></vulnerabilities>
</bom>`;

describe("CycloneDX in XML", () => {
  test("says what JSON would say", () => {
    const document = documentOf(XML);
    expect(document).toMatchObject({
      format: "CycloneDX",
      encoding: "xml",
      version: "1.6",
      id: "urn:uuid:1",
      tools: ["maker 2"],
      os: { id: "debian", version: "13" },
      subject: { name: "portal", version: "1.0" },
      vulnerabilities: 2,
      incomplete: ["incomplete"],
    });
    expect(document.components).toMatchObject([
      {
        ref: "libc",
        places: [{ path: "/var/lib/dpkg/status" }],
        facts: { ...LIBC_FACTS, licenses: ["MIT", "own"], supplier: "Debian" },
      },
      {
        name: "a:b<c",
        places: [{ path: "/app/a.jar" }],
        facts: { type: "maven", namespace: "a", name: "b<c", version: "1", licenses: ["MIT OR ISC"] },
      },
    ]);
  });

  test.each<[string, object, string]>([
    [
      "authors",
      { authors: [{ name: "A" }, { name: "B", email: "b@c" }] },
      "<authors><author><name>A</name></author><author><name>B</name><email>b@c</email></author></authors>",
    ],
    ["a manufacturer", { manufacturer: { name: "M" } }, "<manufacturer><name>M</name></manufacturer>"],
    ["a manufacturer of 1.5", { manufacture: { name: "M" } }, "<manufacture><name>M</name></manufacture>"],
    ["a supplier", { supplier: { name: "S" } }, "<supplier><name>S</name></supplier>"],
    [
      "a phase",
      { lifecycles: [{ phase: "build" }, { phase: "operations" }] },
      "<lifecycles><lifecycle><phase>build</phase></lifecycle><lifecycle><phase>operations</phase></lifecycle></lifecycles>",
    ],
    [
      "a phase of one's own",
      { lifecycles: [{ name: "audit" }] },
      "<lifecycles><lifecycle><name>audit</name></lifecycle></lifecycles>",
    ],
    ["a date", { timestamp: "2026-06-15T12:00:00Z" }, "<timestamp>2026-06-15T12:00:00Z</timestamp>"],
    [
      "properties",
      { properties: [{ name: "a", value: "b" }] },
      '<properties><property name="a">b</property></properties>',
    ],
    [
      "a subject with a hash, a description and a scope",
      {
        component: {
          type: "container",
          name: "app",
          version: "1",
          description: "d",
          cpe: "cpe:2.3:a:b",
          scope: "excluded",
          hashes: [{ alg: "SHA-256", content: "ab".repeat(32) }],
        },
      },
      `<component type="container"><name>app</name><version>1</version><description>d</description><scope>excluded</scope><hashes><hash alg="SHA-256">${"ab".repeat(32)}</hash></hashes><cpe>cpe:2.3:a:b</cpe></component>`,
    ],
    [
      "an operating system with its name",
      { component: { type: "operating-system", name: "debian", version: "13", description: "Debian 13" } },
      '<component type="operating-system"><name>debian</name><version>13</version><description>Debian 13</description></component>',
    ],
  ])("states %s as JSON does", (_, metadata, xml) => {
    const components = [{ type: "library", name: "a", version: "1", purl: "pkg:npm/a@1" }];
    const json = documentOf({ bomFormat: "CycloneDX", specVersion: "1.6", metadata, components });
    const library =
      '<component type="library"><name>a</name><version>1</version><purl>pkg:npm/a@1</purl></component>';
    const bom = `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata>${xml}</metadata><components>${library}</components></bom>`;
    expect(documentOf(bom)).toEqual({ ...json, encoding: "xml" });
  });

  test.each(["<scope>never</scope>", '<hashes><hash alg="">ab</hash></hashes>'])(
    "of a component that breaks the schema by %s is invalid",
    (xml) => {
      const component = `<component type="library"><name>a</name>${xml}</component>`;
      const bom = `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>${component}</components></bom>`;
      expect(read(bom).state).toBe("invalid");
    },
  );

  test("names the assemblies that it declares complete", () => {
    const document = documentOf({
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      components: [
        {
          type: "file",
          "bom-ref": "f",
          name: "/a.js",
          hashes: [{ alg: "SHA-256", content: "ab".repeat(32) }],
        },
        { type: "library", name: "a", purl: "pkg:npm/a@1" },
      ],
      compositions: [{ aggregate: "complete", assemblies: ["f"] }],
    });
    const hash = `<hashes><hash alg="SHA-256">${"ab".repeat(32)}</hash></hashes>`;
    const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="file" bom-ref="f"><name>/a.js</name>${hash}</component><component type="library"><name>a</name><purl>pkg:npm/a@1</purl></component></components><compositions><composition><aggregate>complete</aggregate><assemblies><assembly ref="f"/></assemblies></composition></compositions></bom>`;
    expect(documentOf(xml)).toEqual({ ...document, encoding: "xml" });
    expect(document.files).toMatchObject([{ isDescribed: true }]);
  });

  test("of 1.4 has a list of tools", () => {
    const tools = "<tools><tool><vendor>v</vendor><name>n</name><version>1</version></tool></tools>";
    const bom = `<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><metadata>${tools}</metadata></bom>`;
    expect(documentOf(bom).tools).toEqual(["n 1"]);
  });

  test.each([
    ['<!DOCTYPE bom [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><bom>&c;</bom>', "does-not-parse"],
    ['<!DOCTYPE bom SYSTEM "file:///etc/passwd"><bom/>', "does-not-parse"],
    ["<bom>&a;</bom>", "does-not-parse"],
    ["<bom><a></bom></a>", "does-not-parse"],
    ["<bom/><bom/>", "does-not-parse"],
    ["<", "does-not-parse"],
    ['<?xml version="1.0" encoding="ISO-8859-1"?><bom/>', "encoding"],
    ["<a>".repeat(101), "too-large"],
    ["<bom/>", "not-an-sbom"],
    ['<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "not-an-sbom"],
  ])("%j is refused as %s", (text, code) => {
    expect(read(text)).toMatchObject({ state: "unread", problem: { code } });
  });
});

test("a document in an attestation is read as itself", () => {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    predicateType: "https://spdx.dev/Document",
    subject: [],
    predicate: SYFT,
  };
  expect(documentOf(statement)).toEqual(documentOf(SYFT));
});

test("CycloneDX of syft and cdxgen: each place of a package, and the distribution of its properties", () => {
  const document = documentOf({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    components: [
      {
        type: "library",
        name: "musl",
        purl: "pkg:apk/alpine/musl@1.2.5-r10?arch=x86_64&distro=alpine-3.22.1",
        properties: [
          { name: "syft:location:0:layerID", value: LAYER },
          { name: "syft:location:0:path", value: "/lib/apk/db/installed" },
          { name: "syft:location:1:path", value: "/usr/lib/apk/db/installed" },
        ],
      },
      {
        type: "library",
        name: "bash",
        purl: "pkg:rpm/redhat/bash@5.1.8-6.el9?arch=x86_64&distro=rhel-9.4&epoch=1&upstream=bash-5.1.8-6.el9.src.rpm",
        properties: [{ name: "SrcFile", value: "var/lib/rpm/rpmdb.sqlite" }],
      },
      {
        type: "operating-system",
        name: "alpine",
        properties: [
          { name: "syft:distro:id", value: "alpine" },
          { name: "syft:distro:versionID", value: "3.22.1" },
          { name: "syft:distro:prettyName", value: "Alpine Linux v3.22" },
        ],
      },
    ],
  });
  expect(document.os).toEqual({ id: "alpine", version: "3.22.1", name: "Alpine Linux v3.22" });
  expect(document.components).toMatchObject([
    { places: [{ path: "/lib/apk/db/installed", layer: LAYER }, { path: "/usr/lib/apk/db/installed" }] },
    {
      places: [{ path: "/var/lib/rpm/rpmdb.sqlite" }],
      os: { id: "rhel", version: "9.4" },
      facts: {
        type: "rpm",
        name: "bash",
        version: "1:5.1.8-6.el9",
        source: { name: "bash", version: "5.1.8-6.el9" },
      },
    },
  ]);
});
