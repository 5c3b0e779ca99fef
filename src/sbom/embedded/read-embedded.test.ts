import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { DescribedScripts, embeddedSbom, foundSbom, unreadSbom } from "./embedded-sbom.ts";

const HEX = "ab".repeat(32);
const DIGEST = `sha256:${HEX}`;
const LAYERS = ["01", "02"].map((byte) => `sha256:${byte.repeat(32)}`);

function read(document: object | string) {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return embeddedSbom(Buffer.from(text), "/app/a.cdx.json");
}

function bom(more: object = {}) {
  return { bomFormat: "CycloneDX", specVersion: "1.6", ...more };
}

function npm(name: string, more: object = {}) {
  return { type: "library", name, purl: `pkg:npm/${name}@1`, ...more };
}

const FORMAT = { name: "CycloneDX", version: "1.6", encoding: "json" };

describe("the state of a document", () => {
  test.each([
    [
      "packages",
      bom({ components: [npm("b"), npm("a"), npm("a")] }),
      "valid",
      FORMAT,
      ["npm/a@1", "npm/b@1"],
    ],
    ["no packages", bom(), "empty", FORMAT, []],
    ["a package without a name", bom({ components: [npm("%20")] }), "empty", FORMAT, []],
    [
      "a component of no known ecosystem",
      bom({ components: [{ type: "library", name: "a" }] }),
      "empty",
      FORMAT,
      [],
    ],
  ])("with %s", (_, document, state, format, packages) => {
    expect(read(document)).toEqual({
      bytes: JSON.stringify(document).length,
      format,
      state,
      packages,
    });
  });

  test.each([
    ["a mistake", bom({ components: {} }), "invalid", FORMAT, "/components: a list is expected"],
    [
      "a version that is not read",
      bom({ specVersion: `9.${"9".repeat(30)}` }),
      "unknown-format",
      { ...FORMAT, version: `9.${"9".repeat(18)}` },
      "is not a supported version",
    ],
    ["another content", {}, "unknown-format", undefined, "neither CycloneDX"],
    ["a syntax error", "{", "unreadable", undefined, "/app/a.cdx.json"],
    ["too many values", "[".repeat(101), "too-long", undefined, "/app/a.cdx.json"],
  ])("with %s", (_, document, state, format, problem) => {
    const { bytes, problem: found, ...rest } = read(document);
    expect(rest).toEqual({ ...(format === undefined ? {} : { format }), state, packages: [] });
    expect(found?.en).toContain(problem);
    expect(bytes).toBe((typeof document === "string" ? document : JSON.stringify(document)).length);
  });

  test.each(["link", "dependency", "too-long"] as const)("not read, as %s", (state) => {
    expect(unreadSbom(state, 7)).toEqual({ bytes: 7, state, packages: [] });
  });
});

describe("the subject of a document", () => {
  function subjectOf(component: object | undefined, components: readonly object[] = []) {
    return read(bom({ ...(component === undefined ? {} : { metadata: { component } }), components })).subject;
  }
  const HASHES = { hashes: [{ alg: "SHA-256", content: HEX }] };

  test.each([
    ["a container", { type: "container", name: "portal", version: "1", ...HASHES }, "portal 1", [DIGEST]],
    ["a program", { type: "application", name: "portal", ...HASHES }, "portal", []],
    ["an image by its package URL", { type: "file", name: "p", purl: `pkg:oci/p@${DIGEST}` }, "p", [DIGEST]],
    [
      "an image by a type in capitals",
      { type: "file", name: "p", purl: `PKG:OCI/p@${DIGEST}` },
      "p",
      [DIGEST],
    ],
    ["an image of Docker", { type: "file", name: "p", purl: `pkg:docker/p@${DIGEST}` }, "p", [DIGEST]],
    [
      "a package URL that holds an image's",
      { type: "file", name: "p", purl: `pkg:generic/p?a=pkg:oci/p@${DIGEST}` },
      "p",
      [],
    ],
    ["another package URL", { type: "file", name: "p", purl: `pkg:generic/p@${DIGEST}` }, "p", []],
    ["a digest as version, of a known kind", { type: "file", name: "p", version: DIGEST }, `p ${DIGEST}`, []],
    ["an empty version", { type: "container", name: "portal", version: "" }, "portal", []],
  ])("that is %s", (_, component, name, digests) => {
    expect(subjectOf(component)).toEqual({ name, digests, layers: [] });
  });

  test("of SPDX without a purpose is an image by its version", () => {
    const spdx = (versionInfo: string) => ({
      spdxVersion: "SPDX-2.3",
      SPDXID: "SPDXRef-DOCUMENT",
      name: "a",
      dataLicense: "CC0-1.0",
      documentNamespace: "urn:a",
      creationInfo: { created: "2026-06-15T12:00:00Z", creators: [] },
      documentDescribes: ["SPDXRef-i"],
      packages: [{ SPDXID: "SPDXRef-i", name: "i", versionInfo, downloadLocation: "NONE" }],
    });
    expect(read(spdx(DIGEST)).subject?.digests).toEqual([DIGEST]);
    expect(read(spdx(`v-${DIGEST}`)).subject?.digests).toEqual([]);
    const withPurpose = (primaryPackagePurpose: string) => {
      const document = spdx(DIGEST);
      return { ...document, packages: document.packages.map((one) => ({ ...one, primaryPackagePurpose })) };
    };
    expect(read(withPurpose("CONTAINER")).subject?.digests).toEqual([DIGEST]);
    for (const purpose of ["CONTAINERS", "MY-CONTAINER"])
      expect(read(withPurpose(purpose)).subject?.digests).toEqual([]);
  });

  test("has the layers that it names, otherwise those in which its packages lie", () => {
    const layer = (name: string, value: string | undefined) => ({ name, value });
    const image = {
      type: "container",
      name: "portal",
      properties: LAYERS.map((one) => layer("douane:image:layer", one)),
    };
    const packages = ["a", "b", "c"].map((name, index) =>
      npm(name, {
        properties: [
          layer("syft:location:0:path", "/x"),
          layer("syft:location:0:layerID", LAYERS[index % 2]),
        ],
      }),
    );
    expect(subjectOf(image)?.layers).toEqual(LAYERS);
    expect(subjectOf(image, packages.slice(0, 1))?.layers).toEqual(LAYERS);
    const other = `sha256:${"9".repeat(64)}`;
    for (const property of ["aquasecurity:trivy:LayerDiffID", "syft:location:0:layerID", "douane:layer"])
      expect(subjectOf(image, [npm("a", { properties: [layer(property, other)] })])?.layers).toEqual([
        ...LAYERS,
        other,
      ]);
    expect(subjectOf(undefined, packages)).toEqual({ name: "", digests: [], layers: LAYERS });
    expect(subjectOf(undefined, [npm("a")])).toBeUndefined();
  });

  test("is cut to what a name and an image may have", () => {
    const named = { type: "container", name: "n".repeat(LIMITS.packageNameCharacters + 1) };
    expect(subjectOf(named)?.name).toHaveLength(LIMITS.packageNameCharacters);
    const properties = Array.from({ length: LIMITS.layersPerImage + 2 }, (_, index) => ({
      name: "douane:image:layer",
      value: `sha256:${String(index).padStart(64, "0")}`,
    }));
    const { layers } = subjectOf({ type: "container", name: "a", properties }) ?? { layers: [] };
    expect(layers).toHaveLength(LIMITS.layersPerImage + 1);
  });
});

describe("scripts that a document states", () => {
  const at = (path: string, more: object = {}) => ({
    properties: [{ name: "syft:location:0:path", value: path }],
    ...more,
  });
  const file = (name: string, content = HEX) => ({
    type: "file",
    name,
    "bom-ref": name,
    hashes: [{ alg: "SHA-256", content }],
  });
  const holds = (ref: string) => ({ dependencies: [{ ref, dependsOn: ["a"] }] });
  const A = npm("a", { "bom-ref": "a" });

  test.each([
    ["/app/a.js", true],
    ["/app/a.mjs", true],
    ["/app/a.cjs", true],
    ["/app/a.ts", false],
    ["/app/a.js.map", false],
  ])("a package at %s: %s", (path, isScript) => {
    const { scripts } = read(bom({ components: [npm("a", at(path))] }));
    expect(scripts).toEqual(isScript ? { places: [{ path, digests: [] }], digests: [] } : undefined);
  });

  test("have the digests that the document states for their paths, each once and sorted", () => {
    const other = "01".repeat(32);
    const components = [
      A,
      npm("b", at("/app/b.js")),
      npm("c", at("/app/b.js")),
      file("/app/b.js"),
      file("/app/b.js", other),
      file("/app/b.js"),
      file("/app/c.js", "02".repeat(32)),
    ];
    expect(read(bom({ components, ...holds("/app/c.js") })).scripts).toEqual({
      places: [{ path: "/app/b.js", digests: [`sha256:${other}`, DIGEST] }],
      digests: [`sha256:${"02".repeat(32)}`],
    });
  });

  test("are those that hold packages, where no package lies in one", () => {
    expect(read(bom({ components: [A, file("/app/b.js")], ...holds("/app/b.js") })).scripts).toEqual({
      places: [],
      digests: [DIGEST],
    });
    expect(read(bom({ components: [A, file("/app/b.js")] }))).not.toHaveProperty("scripts");
  });

  test("are none in a document that declares itself incomplete, or for a package inside an archive", () => {
    const components = [npm("a", at("/app/a.js"))];
    const compositions = [{ aggregate: "incomplete" }];
    expect(read(bom({ components, compositions }))).not.toHaveProperty("scripts");
    const inside = ["path", "inside"].map((name) => ({ name: `douane:${name}`, value: "/app/a.js" }));
    expect(read(bom({ components: [npm("a", { properties: inside })] }))).not.toHaveProperty("scripts");
  });

  test("are recorded up to a thousand", () => {
    const components = Array.from({ length: 1_001 }, (_, index) => npm(`p${index}`, at(`/${index}.js`)));
    expect(read(bom({ components })).scripts?.places).toHaveLength(1_000);
  });
});

describe("a script of an image is described", () => {
  function isDescribed(
    script: Parameters<DescribedScripts["has"]>[0],
    ...documents: readonly Parameters<DescribedScripts["add"]>[0][]
  ): boolean {
    const scripts = new DescribedScripts();
    for (const document of documents) scripts.add(document);
    return scripts.has(script);
  }
  const [one, other] = [DIGEST, `sha256:${"cd".repeat(32)}`];
  const place = (...digests: readonly string[]) => ({ places: [{ path: "/a.js", digests }], digests: [] });

  test.each([
    ["by its digest", { path: "/x.js", digests: [other, one] }, [{ places: [], digests: [one] }], true],
    ["not by another digest", { path: "/x.js", digests: [other] }, [{ places: [], digests: [one] }], false],
    ["by its path alone", { path: "/a.js", digests: [one] }, [place()], true],
    ["by its path and its digest", { path: "/a.js", digests: [other, one] }, [place(one)], true],
    [
      "not by its path with the digest of another build",
      { path: "/a.js", digests: [one] },
      [place(other)],
      false,
    ],
    ["by its path, too long to have a digest", { path: "/a.js" }, [place(other)], true],
    ["by the second document", { path: "/a.js", digests: [one] }, [place(other), place(one)], true],
    ["by the first of two", { path: "/a.js", digests: [one] }, [place(one), place(other)], true],
    ["not at another path", { path: "/b.js", digests: [one] }, [place()], false],
    ["not without documents", { path: "/a.js" }, [], false],
  ])("%s", (_, script, documents, expected) => {
    expect(isDescribed(script, ...documents)).toBe(expected);
  });
});

test("what is reported of a document leaves out what is not known", () => {
  const where = { at: { path: "/a", layer: 0 }, state: "valid", about: "this" } as unknown as Parameters<
    typeof foundSbom
  >[1];
  const format = { name: "SPDX", version: "2.3", encoding: "json" } as const;
  const problem = { fr: "a", en: "b" };
  const subject = { name: "portal", digests: [], layers: [] };
  expect(foundSbom({ bytes: 1, format, problem, subject, packages: ["npm/a@1", "npm/b@1"] }, where)).toEqual({
    ...where,
    bytes: 1,
    format,
    problem,
    components: 2,
    subject: "portal",
  });
  expect(foundSbom({ bytes: 1, subject: { ...subject, name: "" }, packages: [] }, where)).toEqual({
    ...where,
    bytes: 1,
    components: 0,
  });
});
