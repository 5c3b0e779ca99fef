import { readSbom } from "../../../src/sbom/documents/read/read-sbom.ts";
import type { Target } from "../target.ts";

const COMPONENT = {
  type: "library",
  "bom-ref": "a",
  group: "@a",
  name: "b",
  version: "1.0.0",
  purl: "pkg:npm/%40a/b@1.0.0",
  licenses: [{ license: { id: "MIT" } }, { expression: "MIT OR Apache-2.0" }],
  hashes: [{ alg: "SHA-256", content: "0".repeat(64) }],
  evidence: { occurrences: [{ location: "/app/b.js" }] },
  properties: [{ name: "syft:location:0:path", value: "/app/b.js" }],
};

const CYCLONEDX = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  serialNumber: "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
  version: 1,
  metadata: { component: { type: "container", name: "portal", version: `sha256:${"0".repeat(64)}` } },
  components: [
    COMPONENT,
    { ...COMPONENT, "bom-ref": "c", type: "operating-system", name: "debian", version: "13" },
  ],
  dependencies: [{ ref: "a", dependsOn: ["c"] }],
  compositions: [{ aggregate: "complete", assemblies: ["a"] }],
};

const XML = `<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">
  <components><component type="library" bom-ref="a"><group>@a</group><name>b</name><version>1</version>
    <purl>pkg:npm/%40a/b@1</purl><licenses><license><id>MIT</id></license></licenses></component></components>
  <dependencies><dependency ref="a"/></dependencies>
</bom>
`;

const SPDX = {
  spdxVersion: "SPDX-2.3",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "portal",
  documentNamespace: "https://sbom.example/1",
  creationInfo: { created: "2026-06-01T00:00:00Z", creators: ["Tool: syft-1.0"] },
  packages: [
    {
      SPDXID: "SPDXRef-a",
      name: "b",
      versionInfo: "1.0.0",
      externalRefs: [
        {
          referenceCategory: "PACKAGE-MANAGER",
          referenceType: "purl",
          referenceLocator: "pkg:npm/b@1.0.0",
        },
      ],
      checksums: [{ algorithm: "SHA256", checksumValue: "0".repeat(64) }],
    },
  ],
  files: [{ SPDXID: "SPDXRef-f", fileName: "./app/b.js", checksums: [] }],
  relationships: [
    { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: "SPDXRef-a" },
  ],
};

const TAGS = `SPDXVersion: SPDX-2.3
SPDXID: SPDXRef-DOCUMENT
DocumentName: portal
Creator: Tool: syft
PackageName: b
SPDXID: SPDXRef-a
PackageVersion: 1.0.0
ExternalRef: PACKAGE-MANAGER purl pkg:npm/b@1.0.0
PackageComment: <text>two
lines</text>
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a
`;

const SPDX3 = {
  "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
  "@graph": [
    {
      type: "CreationInfo",
      "@id": "_:c",
      specVersion: "3.0.1",
      created: "2026-06-01T00:00:00Z",
      createdBy: ["a"],
    },
    { type: "SpdxDocument", spdxId: "d", creationInfo: "_:c", rootElement: ["p"], element: ["p"] },
    {
      type: "software_Package",
      spdxId: "p",
      creationInfo: "_:c",
      name: "b",
      software_packageVersion: "1.0.0",
      software_packageUrl: "pkg:npm/b@1.0.0",
    },
    {
      type: "Relationship",
      spdxId: "r",
      creationInfo: "_:c",
      from: "p",
      relationshipType: "contains",
      to: ["p"],
    },
  ],
};

/** A bill of materials that somebody hands in, in each form. */
export const sbomDocuments: Target = {
  name: "sbom-documents",
  seeds: [JSON.stringify(CYCLONEDX), XML, JSON.stringify(SPDX), TAGS, JSON.stringify(SPDX3)].map((text) =>
    Buffer.from(text),
  ),
  run(input) {
    readSbom(input, "a.cdx.json");
  },
};
