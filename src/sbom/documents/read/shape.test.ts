import { describe, expect, test } from "vitest";
import type { Fields } from "../../../json/fields.ts";
import { readSbom } from "./read-sbom.ts";

type Value = string | number | null | readonly Value[] | { readonly [name: string]: Value };

/** The document with the value at the pointer (RFC 6901) replaced, or without it. */
function changed(document: Value, pointer: string, value: Value | undefined): Value {
  // Parts of a document that are the same object are copied apart.
  const copy = JSON.parse(JSON.stringify(document)) as Value;
  const names = pointer.slice(1).split("/");
  const last = names.pop() ?? "";
  let at = copy as Record<string, Value>;
  for (const name of names) at = at[name] as Record<string, Value>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

function problemsOf(document: Value): readonly string[] {
  const read = readSbom(Buffer.from(JSON.stringify(document)), "a.json");
  if (read.state === "invalid") return read.problems.map(({ message }) => message.en);
  return read.state === "unread" ? [read.problem.message.en] : [];
}

const PROPERTY = { name: "a", value: "b" };
const COMPONENT = {
  type: "library",
  name: "a",
  "bom-ref": "a",
  group: "g",
  version: "1",
  purl: "pkg:npm/a@1",
  cpe: "cpe:2.3:a:a:a:1:*:*:*:*:*:*:*",
  scope: "required",
  hashes: [{ alg: "SHA-256", content: "ab" }],
  licenses: [{ license: { id: "MIT", name: "MIT" } }, { expression: "MIT" }],
  properties: [PROPERTY],
};

/** A document with every field that is checked. */
const CYCLONEDX = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  serialNumber: "urn:uuid:1",
  version: 1,
  metadata: {
    timestamp: "2026-06-15T12:00:00Z",
    tools: [{ vendor: "v", name: "n", version: "1" }],
    component: { type: "container", name: "portal" },
    properties: [PROPERTY],
  },
  components: [{ ...COMPONENT, components: [COMPONENT] }],
  dependencies: [{ ref: "a", dependsOn: ["a"] }],
  compositions: [{ aggregate: "complete" }],
  vulnerabilities: [{}],
};

const SPDX = {
  spdxVersion: "SPDX-2.3",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "portal",
  dataLicense: "CC0-1.0",
  documentNamespace: "urn:a",
  creationInfo: { created: "2026-06-15T12:00:00Z", creators: ["Tool: a"] },
  packages: [
    {
      SPDXID: "SPDXRef-a",
      name: "a",
      downloadLocation: "NONE",
      versionInfo: "1",
      supplier: "NOASSERTION",
      sourceInfo: "x",
      comment: "x",
      licenseDeclared: "MIT",
      attributionTexts: ["x"],
      checksums: [{ algorithm: "SHA256", checksumValue: "ab" }],
      externalRefs: [
        { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: "pkg:npm/a@1" },
      ],
    },
  ],
  relationships: [{ spdxElementId: "a", relationshipType: "CONTAINS", relatedSpdxElement: "b" }],
};

const SPDX_3 = {
  "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
  "@graph": [
    {
      type: "software_Package",
      spdxId: "urn:a",
      name: "a",
      software_packageVersion: "1",
      software_packageUrl: "pkg:npm/a@1",
      suppliedBy: "urn:b",
      to: ["urn:a"],
      rootElement: ["urn:a"],
    },
  ],
};

const DOCUMENTS: Readonly<Record<string, Value>> = { CYCLONEDX, SPDX, SPDX_3 };

test.each(Object.entries(DOCUMENTS))("the whole document %s is read", (_, document) => {
  expect(problemsOf(document)).toEqual([]);
});

/** Texts, and whether an empty one is refused. */
const TEXTS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "CYCLONEDX",
    [
      "/components/0/bom-ref",
      "/components/0/hashes/0/alg",
      "/components/0/hashes/0/content",
      "/components/0/licenses/0/license/id",
      "/components/0/components/0/bom-ref",
      "/dependencies/0/ref",
      "/dependencies/0/dependsOn/0",
      "/compositions/0/aggregate",
    ],
    [
      "/serialNumber",
      "/metadata/timestamp",
      "/metadata/tools/0/vendor",
      "/metadata/tools/0/name",
      "/metadata/tools/0/version",
      "/metadata/properties/0/name",
      "/metadata/properties/0/value",
      "/metadata/component/name",
      "/components/0/name",
      "/components/0/group",
      "/components/0/version",
      "/components/0/purl",
      "/components/0/cpe",
      "/components/0/licenses/0/license/name",
      "/components/0/licenses/1/expression",
      "/components/0/properties/0/name",
      "/components/0/properties/0/value",
    ],
  ],
  [
    "SPDX",
    [
      "/SPDXID",
      "/documentNamespace",
      "/creationInfo/created",
      "/creationInfo/creators/0",
      "/packages/0/SPDXID",
      "/packages/0/checksums/0/algorithm",
      "/packages/0/checksums/0/checksumValue",
      "/packages/0/externalRefs/0/referenceCategory",
      "/packages/0/externalRefs/0/referenceType",
      "/relationships/0/spdxElementId",
      "/relationships/0/relationshipType",
      "/relationships/0/relatedSpdxElement",
    ],
    [
      "/name",
      "/packages/0/name",
      "/packages/0/versionInfo",
      "/packages/0/supplier",
      "/packages/0/sourceInfo",
      "/packages/0/comment",
      "/packages/0/licenseDeclared",
      "/packages/0/attributionTexts/0",
      "/packages/0/externalRefs/0/referenceLocator",
    ],
  ],
  [
    "SPDX_3",
    ["/@graph/0/type", "/@graph/0/spdxId", "/@graph/0/to/0", "/@graph/0/rootElement/0"],
    ["/@graph/0/name", "/@graph/0/software_packageVersion", "/@graph/0/software_packageUrl"],
  ],
];

/** The pointer of a problem in a list of tools, which may also be an object. */
function placeOf(pointer: string): string {
  return pointer.startsWith("/metadata/tools/") ? "/metadata/tools: an object" : `${pointer}: a text`;
}

describe.each(TEXTS)("texts of %s", (name, stated, possiblyEmpty) => {
  const document = DOCUMENTS[name] ?? null;

  test.each([...stated, ...possiblyEmpty])("%s is a text", (pointer) => {
    expect(problemsOf(changed(document, pointer, 1))).toEqual([`${placeOf(pointer)} is expected`]);
  });

  test.each(stated)("%s is not empty", (pointer) => {
    expect(problemsOf(changed(document, pointer, ""))).toEqual([`${pointer}: must not be empty`]);
  });

  test.each(possiblyEmpty)("%s may be empty", (pointer) => {
    expect(problemsOf(changed(document, pointer, ""))).toEqual([]);
  });
});

test.each([
  ["CYCLONEDX", "/components"],
  ["CYCLONEDX", "/components/0/hashes"],
  ["CYCLONEDX", "/components/0/licenses"],
  ["CYCLONEDX", "/components/0/properties"],
  ["CYCLONEDX", "/components/0/components"],
  ["CYCLONEDX", "/metadata/properties"],
  ["CYCLONEDX", "/dependencies"],
  ["CYCLONEDX", "/dependencies/0/dependsOn"],
  ["CYCLONEDX", "/compositions"],
  ["CYCLONEDX", "/vulnerabilities"],
  ["SPDX", "/creationInfo/creators"],
  ["SPDX", "/packages"],
  ["SPDX", "/packages/0/attributionTexts"],
  ["SPDX", "/packages/0/checksums"],
  ["SPDX", "/packages/0/externalRefs"],
  ["SPDX", "/relationships"],
  ["SPDX_3", "/@graph"],
  ["SPDX_3", "/@graph/0/to"],
  ["SPDX_3", "/@graph/0/rootElement"],
])("in %s, %s is a list, possibly an empty one", (name, pointer) => {
  const document = DOCUMENTS[name] ?? null;
  expect(problemsOf(changed(document, pointer, {}))).toEqual([`${pointer}: a list is expected`]);
  expect(problemsOf(changed(document, pointer, []))).toEqual([]);
});

test.each([
  ["CYCLONEDX", "/metadata"],
  ["CYCLONEDX", "/metadata/component"],
  ["CYCLONEDX", "/metadata/tools"],
  ["CYCLONEDX", "/components/0"],
  ["CYCLONEDX", "/components/0/components/0"],
  ["CYCLONEDX", "/components/0/hashes/0"],
  ["CYCLONEDX", "/components/0/licenses/0"],
  ["CYCLONEDX", "/components/0/licenses/0/license"],
  ["CYCLONEDX", "/components/0/properties/0"],
  ["CYCLONEDX", "/dependencies/0"],
  ["CYCLONEDX", "/compositions/0"],
  ["CYCLONEDX", "/vulnerabilities/0"],
  ["SPDX", "/creationInfo"],
  ["SPDX", "/packages/0"],
  ["SPDX", "/packages/0/checksums/0"],
  ["SPDX", "/packages/0/externalRefs/0"],
  ["SPDX", "/relationships/0"],
  ["SPDX_3", "/@graph/0"],
  ["SPDX_3", "/@graph/0/suppliedBy"],
])("in %s, %s is an object", (name, pointer) => {
  expect(problemsOf(changed(DOCUMENTS[name] ?? null, pointer, null))).toEqual([
    `${pointer}: an object is expected`,
  ]);
});

test.each([
  ["CYCLONEDX", "/specVersion"],
  ["CYCLONEDX", "/components/0/type"],
  ["CYCLONEDX", "/components/0/name"],
  ["CYCLONEDX", "/components/0/components/0/name"],
  ["CYCLONEDX", "/components/0/hashes/0/alg"],
  ["CYCLONEDX", "/components/0/hashes/0/content"],
  ["CYCLONEDX", "/metadata/component/type"],
  ["CYCLONEDX", "/metadata/component/name"],
  ["CYCLONEDX", "/dependencies/0/ref"],
  ["CYCLONEDX", "/compositions/0/aggregate"],
  ["SPDX", "/SPDXID"],
  ["SPDX", "/name"],
  ["SPDX", "/dataLicense"],
  ["SPDX", "/creationInfo"],
  ["SPDX", "/creationInfo/created"],
  ["SPDX", "/creationInfo/creators"],
  ["SPDX", "/documentNamespace"],
  ["SPDX", "/packages/0/SPDXID"],
  ["SPDX", "/packages/0/name"],
  ["SPDX", "/packages/0/downloadLocation"],
  ["SPDX", "/packages/0/checksums/0/algorithm"],
  ["SPDX", "/packages/0/checksums/0/checksumValue"],
  ["SPDX", "/packages/0/externalRefs/0/referenceCategory"],
  ["SPDX", "/packages/0/externalRefs/0/referenceType"],
  ["SPDX", "/packages/0/externalRefs/0/referenceLocator"],
  ["SPDX", "/relationships/0/spdxElementId"],
  ["SPDX", "/relationships/0/relationshipType"],
  ["SPDX", "/relationships/0/relatedSpdxElement"],
  ["SPDX_3", "/@graph"],
  ["SPDX_3", "/@graph/0/type"],
])("in %s, %s is required", (name, pointer) => {
  expect(problemsOf(changed(DOCUMENTS[name] ?? null, pointer, undefined))).toEqual([
    `${pointer}: is missing`,
  ]);
});

test.each([
  ["/serialNumber", "/version", "/metadata", "/components", "/dependencies", "/compositions"],
  ["/components/0/bom-ref", "/components/0/scope", "/components/0/purl", "/components/0/licenses"],
])("in CYCLONEDX, %s and others are not required", (...pointers) => {
  const bare = pointers.reduce<Value>(
    (document, pointer) => changed(document, pointer, undefined),
    CYCLONEDX,
  );
  expect(problemsOf(bare)).toEqual([]);
});

const TYPES =
  "application framework library container platform operating-system device device-driver firmware file machine-learning-model data cryptographic-asset";

test.each([
  ["/components/0/type", TYPES.split(" ")],
  ["/components/0/scope", ["required", "optional", "excluded"]],
  ["/specVersion", ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]],
])("in CYCLONEDX, %s is one of the specification's words", (pointer, words) => {
  for (const word of words) expect(problemsOf(changed(CYCLONEDX, pointer, word))).toEqual([]);
  for (const word of ["", "none", "Library"])
    expect(problemsOf(changed(CYCLONEDX, pointer, word))).toEqual([
      expect.stringContaining(
        pointer === "/specVersion" && word !== ""
          ? "is not a supported version"
          : `${pointer}: the value "${word}" is none that the format knows`,
      ),
    ]);
});

test("the number of a document's version is a number", () => {
  expect(problemsOf(changed(CYCLONEDX, "/version", "1"))).toEqual(["/version: a number is expected"]);
});

test.each([
  ["a list of tools", [{ vendor: "v" }]],
  ["components of tools", { components: [COMPONENT] }],
  ["none", {}],
])("%s is accepted", (_, tools) => {
  expect(problemsOf(changed(CYCLONEDX, "/metadata/tools", tools))).toEqual([]);
});

test.each<[Fields, string]>([
  [{ components: {} }, "/metadata/tools/components: a list is expected"],
  [{ components: [{ name: "a" }] }, "/metadata/tools/components/0/type: is missing"],
])("tools in %j are not", (tools, problem) => {
  expect(problemsOf(changed(CYCLONEDX, "/metadata/tools", tools as Value))).toEqual([problem]);
});

test("a supplier of SPDX 3 is a reference or an element", () => {
  expect(problemsOf(changed(SPDX_3, "/@graph/0/suppliedBy", { type: "Organization" }))).toEqual([]);
});
