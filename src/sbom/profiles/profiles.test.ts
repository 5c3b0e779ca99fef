import { expect, test } from "vitest";
import { readSbom } from "../documents/read/read-sbom.ts";
import { missingElements, PROFILES } from "./profiles.ts";

function missing(id: string, bom: object): readonly string[] {
  const read = readSbom(Buffer.from(JSON.stringify(bom)), "a");
  const profile = PROFILES.find((one) => one.id === id);
  if (!("document" in read) || profile === undefined) throw new Error(JSON.stringify(read));
  return missingElements(read.document, profile).map(
    ({ name, components }) => `${name.en}${components === undefined ? "" : `: ${components.join(", ")}`}`,
  );
}

const BARE = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  components: [
    { type: "library", name: "" },
    { type: "library", name: "b", version: "1", purl: "pkg:npm/b@1", hashes: [{ alg: "MD5", content: "0" }] },
  ],
};

const WHOLE = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  metadata: {
    timestamp: "2026-06-15T12:00:00Z",
    authors: [{ name: "Team" }],
    lifecycles: [{ phase: "build" }],
    tools: [{ name: "tool" }],
  },
  components: [
    {
      type: "library",
      "bom-ref": "b",
      name: "b",
      version: "1",
      purl: "pkg:npm/b@1",
      supplier: { name: "B" },
      licenses: [{ expression: "MIT" }],
      hashes: [{ alg: "SHA-512", content: "0" }],
      properties: ["filename", "executable", "archive", "structured"].map((name) => ({
        name: `bsi:component:${name}`,
        value: "x",
      })),
    },
  ],
  dependencies: [{ ref: "b", dependsOn: ["b"] }],
};

const SPDX = {
  spdxVersion: "SPDX-2.3",
  SPDXID: "SPDXRef-DOCUMENT",
  dataLicense: "CC0-1.0",
  name: "a",
  documentNamespace: "urn:a",
  creationInfo: { created: "soon", creators: ["Tool: t", "Organization: Team"] },
  packages: [
    {
      SPDXID: "SPDXRef-1",
      name: "b",
      downloadLocation: "NONE",
      checksums: [{ algorithm: "SHA512", checksumValue: "0" }],
    },
  ],
  relationships: [
    { spdxElementId: "SPDXRef-1", relationshipType: "DEPENDS_ON", relatedSpdxElement: "SPDXRef-1" },
  ],
};

const SPDX_3 = {
  "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
  "@graph": [
    { type: "CreationInfo", "@id": "_:c", created: "2026-06-15T12:00:00Z", createdBy: ["urn:o"] },
    { type: "Organization", spdxId: "urn:o", name: "Team" },
    { type: "SpdxDocument", spdxId: "urn:d", creationInfo: "_:c" },
    { type: "software_Sbom", spdxId: "urn:s", software_sbomType: ["build"] },
    {
      type: "software_Package",
      spdxId: "urn:p",
      name: "b",
      software_packageVersion: "1",
      software_packageUrl: "pkg:npm/b@1",
      suppliedBy: "urn:o",
      verifiedUsing: [{ type: "Hash", algorithm: "sha512", hashValue: "0" }],
    },
    { type: "Relationship", spdxId: "urn:r", relationshipType: "dependsOn", from: "urn:p", to: ["urn:p"] },
  ],
};

test.each([
  [
    "ntia",
    BARE,
    [
      "author of the SBOM",
      "timestamp",
      "dependency relationships",
      "supplier: , b 1",
      "name: ",
      "version: ",
      "identifier (package URL): ",
    ],
  ],
  [
    "cisa",
    { ...BARE, components: [] },
    ["author of the SBOM", "timestamp", "dependency relationships", "tool name", "generation context"],
  ],
  ["cisa", { ...WHOLE, components: BARE.components.slice(1) }, ["producer: b 1", "licence: b 1"]],
  [
    "bsi",
    { ...WHOLE, components: BARE.components.slice(1) },
    [
      "creator: b 1",
      "licence: b 1",
      "file name: b 1",
      "SHA-512 hash: b 1",
      "executable property: b 1",
      "archive property: b 1",
      "structured property: b 1",
    ],
  ],
  ["ntia", { ...WHOLE, components: [{ ...WHOLE.components[0], version: undefined }] }, []],
  [
    "ntia",
    { ...WHOLE, components: [{ ...WHOLE.components[0], version: undefined, purl: "pkg:npm/b" }] },
    ["version: b"],
  ],
  ["ntia", WHOLE, []],
  ["cisa", WHOLE, []],
  ["bsi", WHOLE, []],
  ["ntia", SPDX, ["timestamp", "supplier: b", "version: b", "identifier (package URL): b"]],
  ["ntia", SPDX_3, []],
  ["cisa", SPDX_3, ["licence: b 1"]],
])("%s of %j misses %j", (id, bom, names) => {
  expect(missing(id, bom)).toEqual(names);
});
