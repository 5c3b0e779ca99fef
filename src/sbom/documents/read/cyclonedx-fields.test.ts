import { expect, test } from "vitest";
import { readCycloneDx } from "./cyclonedx-json.ts";

const HEX = "ab".repeat(32);
const DEB = "pkg:deb/debian/libc6@2.41-12?distro=debian-13";

function components(...given: readonly object[]) {
  return readCycloneDx({ specVersion: "1.6", components: given }).components;
}

const property = (name: string, value: string) => ({ name, value });
const trivy = (...fields: readonly (readonly [string, string])[]) => ({
  properties: fields.map(([name, value]) => property(`aquasecurity:trivy:${name}`, value)),
});

// https://cyclonedx.org/docs/1.6/json/#components_items_type
test.each([
  ["library", true],
  ["framework", true],
  ["application", true],
  ["platform", true],
  ["firmware", true],
  ["device-driver", true],
  ["operating-system", false],
  ["file", false],
  ["container", false],
  ["data", false],
  ["device", false],
  ["machine-learning-model", false],
])("a component of type %s is a package: %s", (type, expected) => {
  expect(components({ type, name: "a" }).length).toBe(expected ? 1 : 0);
  expect(components({ type, name: "a", purl: "pkg:npm/a@1" }).length).toBe(
    type === "operating-system" ? 0 : 1,
  );
});

test("a lock file that trivy lists as an application is none", () => {
  expect(components({ type: "application", name: "a", ...trivy(["Class", "lang-pkgs"]) })).toEqual([]);
  expect(components({ type: "application", name: "a", ...trivy(["Other", "x"]) })).toHaveLength(1);
});

test.each([
  [
    [
      ["SrcName", "glibc"],
      ["SrcVersion", "2.41"],
    ],
    { name: "glibc", version: "2.41" },
  ],
  [
    [
      ["SrcName", "glibc"],
      ["SrcVersion", "2.41"],
      ["SrcRelease", "12"],
    ],
    { name: "glibc", version: "2.41-12" },
  ],
  [
    [
      ["SrcName", "glibc"],
      ["SrcVersion", "2.41"],
      ["SrcEpoch", "1"],
    ],
    { name: "glibc", version: "1:2.41" },
  ],
  [
    [
      ["SrcName", "glibc"],
      ["SrcVersion", "2.41"],
      ["SrcRelease", "12"],
      ["SrcEpoch", "1"],
    ],
    { name: "glibc", version: "1:2.41-12" },
  ],
  [[["SrcName", "glibc"]], undefined],
  [[["SrcVersion", "2.41"]], undefined],
] as const)("trivy's source %j is %j", (fields, source) => {
  const [one] = components({
    type: "library",
    name: "libc6",
    version: "2.41-12",
    purl: DEB,
    ...trivy(...fields),
  });
  expect(one?.facts?.source).toEqual(source);
});

test.each([
  [{ expression: "MIT OR Apache-2.0" }, ["MIT OR Apache-2.0"]],
  [{ license: { id: "MIT" } }, ["MIT"]],
  [{ license: { name: "Own" } }, ["Own"]],
  [{ license: { id: "MIT", name: "Own" } }, ["MIT"]],
  [{ license: {} }, undefined],
])("the license %j is %j", (license, expected) => {
  const [one] = components({ type: "library", name: "a", purl: "pkg:npm/a@1", licenses: [license, license] });
  expect(one?.facts?.licenses).toEqual(expected === undefined ? undefined : [...expected, ...expected]);
});

test("packages below packages are all read, each with its supplier", () => {
  const leaf = { type: "library", name: "c", purl: "pkg:npm/c@1", supplier: { name: "S" } };
  const found = components({
    type: "library",
    name: "a",
    purl: "pkg:npm/a@1",
    components: [{ type: "library", name: "b", purl: "pkg:npm/b@1", components: [leaf] }],
  });
  expect(found.map(({ name, facts }) => [name, facts?.supplier])).toEqual([
    ["a", undefined],
    ["b", undefined],
    ["c", "S"],
  ]);
});

test("a group is part of the name, by the ecosystem's sign", () => {
  const of = (purl: string) => components({ type: "library", group: "org.a", name: "b", purl })[0]?.name;
  expect([of("pkg:maven/org.a/b@1"), of("pkg:composer/org.a/b@1")]).toEqual(["org.a:b", "org.a/b"]);
});

test.each([
  [
    { name: "debian", version: "13", description: "Debian 13" },
    { id: "debian", version: "13", name: "Debian 13" },
  ],
  [{ name: "debian" }, { id: "debian" }],
  [
    {
      name: "x",
      properties: [
        property("syft:distro:id", "debian"),
        property("syft:distro:versionID", "13"),
        property("syft:distro:prettyName", "Debian GNU/Linux 13"),
      ],
    },
    { id: "debian", version: "13", name: "Debian GNU/Linux 13" },
  ],
])("the system of %j is %j", (system, os) => {
  const document = {
    components: [
      { type: "operating-system", ...system },
      { type: "operating-system", name: "other" },
    ],
  };
  expect(readCycloneDx(document).os).toEqual(os);
  expect(readCycloneDx({ components: [] })).not.toHaveProperty("os");
});

test("the subject has all that is stated of it", () => {
  const component = {
    "bom-ref": "root",
    type: "container",
    name: "portal",
    version: `sha256:${HEX}`,
    purl: "pkg:oci/portal",
    hashes: [
      { alg: "SHA-256", content: "cd".repeat(32) },
      { alg: "SHA-512", content: "ef".repeat(32) },
      { alg: "SHA-256", content: "x" },
    ],
  };
  const { subject } = readCycloneDx({ metadata: { component } });
  expect(subject).toMatchObject({
    name: "portal",
    version: `sha256:${HEX}`,
    kind: "container",
    purl: "pkg:oci/portal",
  });
  expect(subject?.digests.toSorted()).toEqual([`sha256:${HEX}`, `sha256:${"cd".repeat(32)}`]);
  expect(readCycloneDx({ metadata: { component: {} } }).subject).toMatchObject({ name: "" });
  expect(readCycloneDx({})).not.toHaveProperty("subject");
});

test.each([
  [{ authors: [{ name: "A" }, { name: "B" }] }, ["A", "B"]],
  [{ manufacturer: { name: "M" } }, ["M"]],
  [{ manufacture: { name: "m" } }, ["m"]],
  [{ supplier: { name: "S" } }, ["S"]],
  [{ authors: [{ name: "A" }], manufacturer: { name: "M" }, supplier: { name: "S" } }, ["A", "M", "S"]],
  [{ authors: [{}] }, undefined],
])("the authors of %j are %j", (metadata, authors) => {
  expect(readCycloneDx({ metadata }).authors).toEqual(authors);
});

test.each([
  [{ lifecycles: [{ phase: "build" }, { phase: "operations" }] }, "build"],
  [{ lifecycles: [{ name: "own" }] }, "own"],
  [{ lifecycles: [] }, undefined],
])("the phase of %j is %s", (metadata, phase) => {
  expect(readCycloneDx({ metadata }).phase).toBe(phase);
});

test("relations are stated where something depends on something", () => {
  expect(readCycloneDx({ dependencies: [{ ref: "a" }, { ref: "b", dependsOn: ["a"] }] }).isRelated).toBe(
    true,
  );
  expect(readCycloneDx({ dependencies: [{ ref: "a", dependsOn: [] }] })).not.toHaveProperty("isRelated");
});

test.each([
  [
    [{ name: "trivy", version: "0.60" }, { name: "x" }, { vendor: "v" }],
    ["trivy 0.60", "x", ""],
  ],
  [{ components: [{ name: "syft", version: "1.14" }] }, ["syft 1.14"]],
  [undefined, []],
])("the tools %j are %j", (tools, expected) => {
  expect(readCycloneDx({ metadata: tools === undefined ? {} : { tools } }).tools).toEqual(expected);
});

test("what a document says is incomplete is kept, each reason once", () => {
  const compositions = ["incomplete", "complete", "incomplete_first_party_only", "incomplete", "unknown"].map(
    (aggregate) => ({ aggregate }),
  );
  const component = { properties: [property("douane:unread", "/a"), property("douane:unread", "/b")] };
  expect(readCycloneDx({ metadata: { component }, compositions }).incomplete).toEqual([
    "/a",
    "/b",
    "incomplete",
    "incomplete_first_party_only",
  ]);
});

test("vulnerabilities are counted, and the document's own fields read", () => {
  const whole = readCycloneDx({
    specVersion: "1.5",
    serialNumber: "urn:uuid:1",
    metadata: { timestamp: "2026-06-15T12:00:00Z" },
    vulnerabilities: [{}, {}],
  });
  expect(whole).toMatchObject({
    format: "CycloneDX",
    encoding: "json",
    version: "1.5",
    id: "urn:uuid:1",
    created: "2026-06-15T12:00:00Z",
    vulnerabilities: 2,
  });
  const bare = readCycloneDx({}, "xml");
  expect([bare.version, bare.encoding, bare.vulnerabilities]).toEqual(["", "xml", 0]);
  for (const absent of ["id", "created", "authors", "phase"]) expect(bare).not.toHaveProperty(absent);
});

test("a component with a hash states its packages if it holds them, needs them, or is declared complete", () => {
  const hashes = [{ alg: "SHA-256", content: HEX }];
  const npm = { type: "library", name: "a", "bom-ref": "a", purl: "pkg:npm/a@1" };
  const file = (name: string, more: object = {}) => ({
    type: "file",
    name,
    "bom-ref": name,
    hashes,
    ...more,
  });
  const { files } = readCycloneDx({
    components: [
      npm,
      file("/holds.js", { components: [npm] }),
      file("/needs.js"),
      file("/whole.js"),
      file("/bare.js"),
    ],
    dependencies: [{ ref: "/needs.js", dependsOn: ["a"] }],
    compositions: [
      { aggregate: "complete", assemblies: ["/whole.js"] },
      { aggregate: "incomplete", assemblies: ["/bare.js"] },
    ],
  });
  expect(files.map(({ path, isDescribed }) => [path, isDescribed])).toEqual([
    ["/holds.js", true],
    ["/needs.js", true],
    ["/whole.js", true],
    ["/bare.js", undefined],
  ]);
});
