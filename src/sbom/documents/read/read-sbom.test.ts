import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import { looksLikeSbom, readSbom } from "./read-sbom.ts";
import type { ReadSbom, SbomDocument } from "./sbom-document.ts";

function read(value: unknown): ReadSbom {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return readSbom(Buffer.from(text), "a.cdx.json");
}

function documentOf(value: unknown): SbomDocument {
  const result = read(value);
  if (!("document" in result)) throw new Error(`not read: ${JSON.stringify(result)}`);
  return result.document;
}

const LAYER = `sha256:${"ab".repeat(32)}`;

/** A document by trivy: the source of a package is in properties. */
const TRIVY = {
  $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  serialNumber: "urn:uuid:6d4e4a2f-0d4b-4a3c-8e0f-000000000000",
  version: 1,
  metadata: {
    timestamp: "2026-06-15T12:00:00+00:00",
    tools: { components: [{ type: "application", group: "aquasecurity", name: "trivy", version: "dev" }] },
    component: {
      "bom-ref": "image",
      type: "container",
      name: "portal.tar",
      properties: [
        { name: "aquasecurity:trivy:DiffID", value: LAYER },
        { name: "aquasecurity:trivy:ImageID", value: `sha256:${"cd".repeat(32)}` },
      ],
    },
  },
  components: [
    { "bom-ref": "os", type: "operating-system", name: "debian", version: "13.1" },
    {
      "bom-ref": "lock",
      type: "application",
      name: "app/package-lock.json",
      properties: [
        { name: "aquasecurity:trivy:Class", value: "lang-pkgs" },
        { name: "aquasecurity:trivy:Type", value: "npm" },
      ],
    },
    {
      "bom-ref": "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13.1",
      type: "library",
      name: "libc6",
      version: "2.41-12",
      purl: "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13.1",
      licenses: [{ license: { id: "GPL-2.0-only" } }, { license: { name: "LGPL-2.1+" } }],
      properties: [
        { name: "aquasecurity:trivy:LayerDiffID", value: LAYER },
        { name: "aquasecurity:trivy:SrcName", value: "glibc" },
        { name: "aquasecurity:trivy:SrcVersion", value: "2.41" },
        { name: "aquasecurity:trivy:SrcRelease", value: "12" },
      ],
    },
    {
      "bom-ref": "npm",
      type: "library",
      group: "@a",
      name: "b",
      version: "1.2.3",
      purl: "pkg:npm/%40a/b@1.2.3",
      properties: [{ name: "aquasecurity:trivy:FilePath", value: "app/node_modules/@a/b/package.json" }],
    },
    { "bom-ref": "vendored", type: "library", name: "zlib", version: "1.3" },
  ],
  vulnerabilities: [{ id: "CVE-2024-0001" }],
};

describe("CycloneDX in JSON", () => {
  test("of trivy gives its packages, with the source that stands beside them", () => {
    const document = documentOf(TRIVY);
    expect(document).toMatchObject({
      format: "CycloneDX",
      encoding: "json",
      version: "1.6",
      created: "2026-06-15T12:00:00+00:00",
      tools: ["trivy dev"],
      os: { id: "debian", version: "13.1" },
      vulnerabilities: 1,
      subject: { kind: "container", digests: [`sha256:${"cd".repeat(32)}`], diffIds: [LAYER] },
    });
    expect(document.components).toEqual([
      {
        ref: "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13.1",
        name: "libc6",
        version: "2.41-12",
        purl: "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13.1",
        catalogers: [],
        places: [],
        layer: LAYER,
        os: { id: "debian", version: "13.1" },
        facts: {
          type: "deb",
          name: "libc6",
          version: "2.41-12",
          architecture: "amd64",
          source: { name: "glibc", version: "2.41-12" },
          licenses: ["GPL-2.0-only", "LGPL-2.1+"],
        },
        missing: [],
      },
      {
        ref: "npm",
        name: "@a/b",
        version: "1.2.3",
        purl: "pkg:npm/%40a/b@1.2.3",
        catalogers: [],
        places: [{ path: "/app/node_modules/@a/b/package.json" }],
        facts: { type: "npm", namespace: "@a", name: "b", version: "1.2.3" },
        missing: [],
      },
      { ref: "vendored", name: "zlib", version: "1.3", catalogers: [], places: [], missing: ["purl"] },
    ]);
  });

  test.each([
    [{ purl: undefined }, ["purl"]],
    [{ purl: "pkg:swift/github.com/a/b@1" }, ["type"]],
    [{ purl: "pkg:npm/bash" }, ["version"]],
    [{ purl: "pkg:deb/debian/bash@1" }, ["distro", "upstream"]],
    [{ purl: "pkg:deb/debian/bash@1?distro=bookworm" }, ["upstream"]],
    [{ purl: "pkg:deb/debian/bash@1?distro=bookworm&upstream=sh" }, []],
  ])("%j lacks %j", (fields, missing) => {
    const bom = {
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      components: [{ type: "library", name: "bash", ...fields }],
    };
    expect(documentOf(bom).components.map((one) => one.missing)).toEqual([missing]);
  });

  test("that names no package is empty", () => {
    expect(read({ bomFormat: "CycloneDX", specVersion: "1.4" }).state).toBe("empty");
  });

  test("names each field that its schema refuses", () => {
    const bom = {
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      version: "1",
      components: [{ name: "a" }, { type: "library", name: 1, licenses: {} }],
    };
    expect(read(bom)).toMatchObject({
      state: "invalid",
      form: { format: "CycloneDX", version: "1.6" },
      problems: [
        { message: { en: "/version: a number is expected" } },
        { message: { en: "/components/0/type: is missing" } },
        { message: { en: "/components/1/name: a text is expected" } },
        { message: { en: "/components/1/licenses: a list is expected" } },
      ],
    });
  });

  test("names references that several components have", () => {
    const twice = ["a", "b"].map((name) => ({ type: "library", name, "bom-ref": "same\u001b" }));
    const { remarks } = documentOf({ bomFormat: "CycloneDX", specVersion: "1.6", components: twice });
    expect(remarks.map(({ en }) => en)).toEqual([
      String.raw`several components have the reference "same\u001b"`,
    ]);
  });
});

test.each([
  ["{}", "not-an-sbom"],
  ["[1]", "not-an-sbom"],
  ["{", "does-not-parse"],
  ['{"bomFormat":"CycloneDX","bomFormat":"CycloneDX"}', "does-not-parse"],
  ["[".repeat(101), "too-large"],
])("%j is no document: %s", (text, code) => {
  expect(read(text)).toMatchObject({ state: "unread", problem: { code } });
});

test.each([
  ["http://cyclonedx.org/schema/bom-1.6.schema.json", "invalid"],
  ["https://example.fr/http://cyclonedx.org/schema/", "unread"],
])("a document with the schema %s and no other mark is %s", ($schema, state) => {
  expect(read({ $schema, specVersion: "1.6" }).state).toBe(state);
});

test.each([
  ["https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "3.0.1"],
  ["https://spdx.org/rdf/3.1/spdx-context.jsonld", "3.1"],
  ["https://spdx.org/rdf/4.0/spdx-context.jsonld", undefined],
  ["https://example.fr/https://spdx.org/rdf/3.0", undefined],
])("a graph in the context %s is SPDX %s", (context, version) => {
  expect(read({ "@context": context })).toMatchObject(
    version === undefined
      ? { problem: { code: "not-an-sbom" } }
      : { state: "invalid", form: { format: "SPDX", encoding: "json", version } },
  );
});

test.each([
  ["<bom/>", true],
  [" \t\r\n{}", true],
  ["[]", true],
  ["\ufeff{}", true],
  ["SPDXVersion: SPDX-2.3", true],
  ["\u{1f}\u{8b}", false],
  ["\v{}", false],
  ["", false],
])("%j begins like a document: %s", (text, expected) => {
  expect(looksLikeSbom(Buffer.from(text))).toBe(expected);
});

test("a document as long as one may be is read, or fails for another reason", () => {
  const text = JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.4" });
  expect(readSbom(Buffer.from(text.padEnd(LIMITS.sbomBytes)), "a").state).toBe("empty");
});

test("a byte order mark before UTF-8 is let through; UTF-16 is named", () => {
  const text = JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.4" });
  expect(read(`\ufeff${text}`).state).toBe("empty");
  const utf16 = readSbom(Buffer.from(`\ufeff${text}é`, "utf16le"), "a");
  expect(utf16).toMatchObject({ state: "unread", problem: { code: "encoding" } });
});

test("the bounds of bytes, values and components are named", () => {
  const large = readSbom(new Uint8Array(LIMITS.sbomBytes + 1), "a");
  expect(large).toMatchObject({ problem: { message: { en: expect.stringContaining("(limit sbomBytes)") } } });
  const values = readSbom(Buffer.from(`[${",".repeat(LIMITS.sbomValues + 1)}]`), "a");
  expect(values).toMatchObject({
    problem: { message: { en: expect.stringContaining("(limit sbomValues)") } },
  });
  const elements = read(`<a>${"<b/>".repeat(LIMITS.xmlElements)}</a>`);
  expect(elements).toMatchObject({
    problem: { message: { en: expect.stringContaining("(limit xmlElements)") } },
  });
  const component = '{"type":"library","name":"a"}';
  const components = `${component},`.repeat(LIMITS.sbomComponents) + component;
  const many = read(`{"bomFormat":"CycloneDX","specVersion":"1.6","components":[${components}]}`);
  expect(many).toMatchObject({
    problem: { message: { en: expect.stringContaining("(limit sbomComponents)") } },
  });
});

test("one mistake in each component is named LIMITS.sbomProblems times", () => {
  const components = Array.from({ length: 100 }, () => ({ type: "library" }));
  const result = read({ bomFormat: "CycloneDX", specVersion: "1.6", components });
  expect(result).toMatchObject({ state: "invalid", problems: { length: LIMITS.sbomProblems } });
});

test.each([
  [{ bomFormat: "CycloneDX", specVersion: "1.9" }, '"1.9"'],
  [{ spdxVersion: "SPDX-2.1" }, '"2.1"'],
  ['<bom xmlns="http://cyclonedx.org/schema/bom/1.1"/>', '"1.1"'],
])("%j is of a version that is not read, and says so", (value, version) => {
  const en = expect.stringContaining(`${version} is not a supported version`);
  expect(read(value)).toMatchObject({ state: "unread", problem: { code: "not-read", message: { en } } });
});
