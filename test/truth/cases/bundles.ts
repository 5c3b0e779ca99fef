// Second half of row 14: a bundle of JavaScript that the image starts is code of no package, unless a document of
// the image states its packages (contract 2.2). The vulnerability data are fresh and know of nothing.

import { createHash } from "node:crypto";
import type { Answer } from "../../../src/contract/verdict.ts";
import { emptyImage } from "../../fixtures/image/image.ts";
import { elf } from "../../fixtures/image-packages.ts";
import type { GivenData } from "../../fixtures/vulnerability-data.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { imageOf } from "../given/image.ts";

const BUNDLE = `const http = require("node:http");\nvar __commonJS = (cb, mod) => 1;\n${"listen();\n".repeat(200)}`;
const OTHER = `${BUNDLE}// built again\n`;
const PLACE = "usr/share/sbom/portal.cdx.json";
const SPDX_PLACE = "usr/share/sbom/portal.spdx.json";
const FILE = "/app/server.js";
const MS = "pkg:npm/ms@2.1.3";
const NODE = "pkg:apk/alpine/nodejs@22.21.1-r0?arch=x86_64&distro=alpine-3.23.3";

const DATA: GivenData = { ecosystems: ["Alpine:v3.23", "npm"], date: "2026-06-14" };

/** The runtime, as a package of the distribution that lists its program, and the application. */
const APPLICATION: LayerFiles = {
  "etc/os-release": "ID=alpine\nVERSION_ID=3.23.3\n",
  "lib/apk/db/installed": "P:nodejs\nV:22.21.1-r0\nA:x86_64\nF:usr/bin\nR:node\n",
  "usr/bin/node": { content: elf("node"), mode: 0o755 },
  "app/server.js": BUNDLE,
};

function hash(algorithm: "md5" | "sha1" | "sha256" | "sha512", content = BUNDLE): string {
  return createHash(algorithm).update(content).digest("hex");
}

const SHA256 = { alg: "SHA-256", content: hash("sha256") };
const packages = (more: object = {}) => [
  { type: "library", "bom-ref": "node", name: "nodejs", version: "22.21.1-r0", purl: NODE },
  { type: "library", "bom-ref": "ms", name: "ms", version: "2.1.3", purl: MS, ...more },
];

function cycloneDx(components: readonly object[], more: object = {}): LayerFiles {
  const document = { bomFormat: "CycloneDX", specVersion: "1.6", version: 1, components, ...more };
  return { [PLACE]: JSON.stringify(document) };
}

/** CycloneDX with a component of type file that contains the package. */
function file(hashes: readonly object[], name = FILE): LayerFiles {
  const [node, ms] = packages();
  return cycloneDx([node ?? {}, { type: "file", name, hashes, components: [ms] }]);
}

interface SpdxFile {
  readonly checksums: readonly object[];
  readonly relationship?: readonly [string, string, string];
}

function spdx({ checksums, relationship = ["SPDXRef-File", "CONTAINS", "SPDXRef-ms"] }: SpdxFile): object {
  const [spdxElementId, relationshipType, relatedSpdxElement] = relationship;
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: "portal",
    documentNamespace: "https://example.org/portal",
    creationInfo: { created: "2026-01-01T00:00:00Z", creators: ["Tool: x-1"] },
    packages: [
      ["SPDXRef-node", "nodejs", NODE],
      ["SPDXRef-ms", "ms", MS],
    ].map(([SPDXID, name, referenceLocator]) => ({
      SPDXID,
      name,
      downloadLocation: "NOASSERTION",
      externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator }],
    })),
    files: [{ SPDXID: "SPDXRef-File", fileName: "./app/server.js", checksums }],
    relationships: [{ spdxElementId, relationshipType, relatedSpdxElement }],
  };
}

const CHECKSUM = { algorithm: "SHA256", checksumValue: hash("sha256") };

function spdxFiles(sketch: SpdxFile): LayerFiles {
  return { [SPDX_PLACE]: JSON.stringify(spdx(sketch)) };
}

function tagValue(checksum: string): LayerFiles {
  const external = (purl: string) => `ExternalRef: PACKAGE-MANAGER purl ${purl}\n`;
  const text = `SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: portal
DocumentNamespace: https://example.org/portal
Creator: Tool: x-1
Created: 2026-01-01T00:00:00Z

FileName: ./app/server.js
SPDXID: SPDXRef-File
FileChecksum: ${checksum}

PackageName: nodejs
SPDXID: SPDXRef-node
PackageDownloadLocation: NOASSERTION
${external(NODE)}
PackageName: ms
SPDXID: SPDXRef-ms
PackageDownloadLocation: NOASSERTION
${external(MS)}
Relationship: SPDXRef-File CONTAINS SPDXRef-ms
`;
  return { "usr/share/sbom/portal.spdx": text };
}

function spdx3(algorithm: string, hashValue: string): LayerFiles {
  const info = { creationInfo: "_:c" };
  const graph = [
    { type: "CreationInfo", "@id": "_:c", specVersion: "3.0.1", created: "2026-01-01T00:00:00Z" },
    { type: "SpdxDocument", spdxId: "urn:x:doc", ...info },
    { type: "software_Package", spdxId: "urn:x:node", name: "nodejs", software_packageUrl: NODE, ...info },
    { type: "software_Package", spdxId: "urn:x:ms", name: "ms", software_packageUrl: MS, ...info },
    {
      type: "software_File",
      spdxId: "urn:x:file",
      name: "server.js",
      verifiedUsing: [{ type: "Hash", algorithm, hashValue }],
      ...info,
    },
    {
      type: "Relationship",
      spdxId: "urn:x:r",
      from: "urn:x:file",
      relationshipType: "contains",
      to: ["urn:x:ms"],
      ...info,
    },
  ];
  const context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
  return { [SPDX_PLACE]: JSON.stringify({ "@context": context, "@graph": graph }) };
}

function given(files: LayerFiles, layers: readonly LayerFiles[] = []): Case["given"] {
  const made = imageOf({
    from: emptyImage(),
    files: { ...APPLICATION, ...files },
    layers: layers.map((one) => ({ files: one })),
    config: { User: "1000", Entrypoint: ["node", FILE] },
  });
  return { image: made, vulnerabilities: DATA };
}

function judged(answer: Answer): (name: string, files: LayerFiles, why: string) => Case {
  return (name, files, why) => ({ name, given: given(files), expect: { sbom: answer }, why });
}

const [stated, open] = [judged("yes"), judged("unproven")];
const trap = (one: Case): Case => ({ ...one, trap: true });

export const cases: Cases = [
  open("nothing names it", cycloneDx(packages()), "Its packages are code of nobody."),
  stated(
    "CycloneDX names its path",
    cycloneDx(packages({ evidence: { occurrences: [{ location: FILE }] } })),
    "Each package says where it lies.",
  ),
  open(
    "CycloneDX names its path, and the hash of another build",
    cycloneDx([
      ...packages({ evidence: { occurrences: [{ location: FILE }] } }),
      { type: "file", name: FILE, hashes: [{ alg: "SHA-256", content: hash("sha256", OTHER) }] },
    ]),
    "The document speaks of what was built before.",
  ),
  stated("CycloneDX names its SHA-256", file([SHA256]), "That very file, with what is in it."),
  stated(
    "CycloneDX names its SHA-512, beside an MD5",
    file([
      { alg: "MD5", content: hash("md5") },
      { alg: "SHA-512", content: hash("sha512") },
    ]),
    "One strong hash is enough.",
  ),
  trap(
    stated(
      "CycloneDX names its SHA-256 under the name that it had in the build",
      file([SHA256], "dist/main.js"),
      "The same content is the same code, wherever it lies.",
    ),
  ),
  trap(
    stated(
      "the hash in capital letters",
      file([{ alg: "SHA-256", content: hash("sha256").toUpperCase() }]),
      "Hexadecimal digits have no case.",
    ),
  ),
  stated(
    "CycloneDX's dependencies say what the file needs",
    cycloneDx([...packages(), { type: "file", "bom-ref": "f", name: "server.js", hashes: [SHA256] }], {
      dependencies: [{ ref: "f", dependsOn: ["ms"] }],
    }),
    "It states the packages of the file.",
  ),
  trap(
    stated(
      "CycloneDX declares the assembly of the file complete",
      cycloneDx([...packages(), { type: "file", "bom-ref": "f", name: "server.js", hashes: [SHA256] }], {
        compositions: [{ aggregate: "complete", assemblies: ["f"] }],
      }),
      "Nothing is in it, says its author.",
    ),
  ),
  trap(
    stated(
      "the file is what the document is about",
      cycloneDx(packages(), {
        metadata: { component: { type: "application", name: "server.js", hashes: [SHA256] } },
      }),
      "Its packages are the file's.",
    ),
  ),
  open(
    "an inventory of files, with their hashes",
    cycloneDx([...packages(), { type: "file", name: FILE, hashes: [SHA256] }]),
    "It says that the file is there, not what is in it.",
  ),
  open(
    "CycloneDX names the hash of another build",
    file([{ alg: "SHA-256", content: hash("sha256", OTHER) }]),
    "Another file.",
  ),
  open(
    "CycloneDX names MD5 and SHA-1 alone",
    file([
      { alg: "MD5", content: hash("md5") },
      { alg: "SHA-1", content: hash("sha1") },
    ]),
    "Two files can be made that share them.",
  ),
  open(
    "SHA-256 of a length that is none",
    file([{ alg: "SHA-256", content: hash("sha256").slice(0, 40) }]),
    "It is no SHA-256.",
  ),
  open(
    "a document that calls itself incomplete",
    cycloneDx(
      [{ ...packages()[0] }, { type: "file", name: FILE, hashes: [SHA256], components: packages() }],
      {
        compositions: [{ aggregate: "incomplete", assemblies: [] }],
      },
    ),
    "What it leaves out may be in the bundle.",
  ),
  {
    name: "a document of another image",
    given: given(
      cycloneDx(
        [packages()[0] ?? {}, { type: "file", name: FILE, hashes: [SHA256], components: packages() }],
        {
          metadata: { component: { type: "container", name: "portal", version: `sha256:${"f".repeat(64)}` } },
        },
      ),
    ),
    expect: { sbom: "no" },
    why: "It is foreign, and the image has no other.",
  },
  {
    name: "a document of another image, beside the image's own",
    given: given({
      ...cycloneDx(packages()),
      "app/other.cdx.json": JSON.stringify({
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        version: 1,
        metadata: { component: { type: "container", name: "portal", version: `sha256:${"f".repeat(64)}` } },
        components: [{ type: "file", name: FILE, hashes: [SHA256], components: packages() }],
      }),
    }),
    expect: { sbom: "unproven" },
    why: "What a foreign document states is not about this image.",
  },
  {
    name: "another build above the one whose hash is named",
    given: given(file([SHA256]), [{ "app/server.js": OTHER }]),
    expect: { sbom: "unproven" },
    why: "The container starts the other.",
  },
  stated("SPDX 2 names its SHA256", spdxFiles({ checksums: [CHECKSUM] }), "The file contains the package."),
  trap(
    stated(
      "SPDX 2, from the package's side",
      spdxFiles({ checksums: [CHECKSUM], relationship: ["SPDXRef-ms", "DEPENDENCY_OF", "SPDXRef-File"] }),
      "The same relationship.",
    ),
  ),
  open(
    "SPDX 2, a package that contains the file",
    spdxFiles({ checksums: [CHECKSUM], relationship: ["SPDXRef-node", "CONTAINS", "SPDXRef-File"] }),
    "It says whose the file is, not what is in it.",
  ),
  open(
    "SPDX 2 names its SHA1 alone",
    spdxFiles({ checksums: [{ algorithm: "SHA1", checksumValue: hash("sha1") }] }),
    "Two files can be made that share it.",
  ),
  open(
    "SPDX 2 names another's SHA256",
    spdxFiles({ checksums: [{ algorithm: "SHA256", checksumValue: hash("sha256", OTHER) }] }),
    "Another file.",
  ),
  stated("SPDX in tags and values", tagValue(`SHA256: ${hash("sha256")}`), "The same as in JSON."),
  open("SPDX in tags and values, SHA1 alone", tagValue(`SHA1: ${hash("sha1")}`), "As in JSON."),
  stated("SPDX 3 names its sha256", spdx3("sha256", hash("sha256")), "The file contains the package."),
  open("SPDX 3 names another's sha256", spdx3("sha256", hash("sha256", OTHER)), "Another file."),
];
