import { expect, test } from "vitest";
import { readVex } from "./read-vex.ts";
import type { VexStatement } from "./statement.ts";

function read(document: object): readonly VexStatement[] {
  return readVex(Buffer.from(JSON.stringify(document)), "vex.json");
}

function csaf(vulnerabilities: readonly object[], tree: object = {}, document: object = {}) {
  return read({ document: { csaf_version: "2.0", ...document }, product_tree: tree, vulnerabilities });
}

// https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html, 3.2.3.9
test.each([
  ["known_not_affected", "not_affected"],
  ["fixed", "fixed"],
  ["first_fixed", "fixed"],
  ["known_affected", "affected"],
  ["first_affected", "affected"],
  ["last_affected", "affected"],
  ["under_investigation", "under_investigation"],
])("of CSAF, %s is %s", (field, status) => {
  expect(csaf([{ cve: "CVE-2026-1111", product_status: { [field]: ["a", "b"] } }])).toEqual([
    {
      document: "vex.json",
      author: "",
      names: ["CVE-2026-1111"],
      status,
      products: ["a", "b"].map((name) => ({ name, purls: [], digests: [], subcomponents: [] })),
    },
  ]);
});

test("of CSAF, recommendations are no status", () => {
  expect(csaf([{ cve: "CVE-2026-1111", product_status: { recommended: ["a"] } }])).toEqual([]);
});

test("of CSAF, products have one justification each, and all names of the vulnerability count", () => {
  const statements = csaf([
    {
      cve: "CVE-2026-1111",
      ids: [{ text: "GHSA-a" }, { system_name: "x" }, { text: "X-1" }],
      product_status: { known_not_affected: ["a", "b", "c", "d"] },
      flags: [
        { label: "component_not_present", product_ids: ["a", "c"] },
        { label: "inline_mitigations_already_exist", product_ids: ["b"] },
        { product_ids: ["d"] },
      ],
    },
  ]);
  expect(
    statements.map(({ justification, products }) => [justification, ...products.map(({ name }) => name)]),
  ).toEqual([
    ["component_not_present", "a", "c"],
    ["inline_mitigations_already_exist", "b"],
    [undefined, "d"],
  ]);
  expect(statements[0]?.names).toEqual(["CVE-2026-1111", "GHSA-a", "X-1"]);
});

test("of CSAF, products stand in full names, in branches at any depth, and in relationships", () => {
  const product = (id: string, purl: string) => ({
    product_id: id,
    name: `The ${id}`,
    product_identification_helper: { purl },
  });
  const tree = {
    full_product_names: [product("full", "pkg:npm/full")],
    branches: [
      {
        product: product("top", "pkg:npm/top"),
        branches: [{ branches: [{ product: product("deep", "pkg:npm/deep") }] }],
      },
      { product: product("second", "pkg:npm/second") },
    ],
    relationships: [
      {
        product_reference: "deep",
        relates_to_product_reference: "top",
        full_product_name: { product_id: "in", name: "deep in top" },
      },
      {
        product_reference: "deep",
        relates_to_product_reference: "second",
        full_product_name: { product_id: "nameless" },
      },
      {
        product_reference: "none",
        relates_to_product_reference: "top",
        full_product_name: { product_id: "partless" },
      },
      { product_reference: "deep", relates_to_product_reference: "top" },
    ],
  };
  const ids = ["full", "top", "deep", "second", "in", "nameless", "partless"];
  const [statement] = csaf([{ cve: "CVE-2026-1111", product_status: { fixed: ids } }], tree, {
    publisher: { name: "Vendor" },
    tracking: { current_release_date: "2026-11-01T00:00:00Z" },
  });
  expect(statement).toMatchObject({ author: "Vendor", timestamp: "2026-11-01T00:00:00Z" });
  expect(statement?.products.map(({ name, purls, subcomponents }) => [name, purls, subcomponents])).toEqual([
    ["The full", ["pkg:npm/full"], []],
    ["The top", ["pkg:npm/top"], []],
    ["The deep", ["pkg:npm/deep"], []],
    ["The second", ["pkg:npm/second"], []],
    ["deep in top", ["pkg:npm/top"], ["pkg:npm/deep"]],
    ["nameless", ["pkg:npm/second"], ["pkg:npm/deep"]],
    ["partless", [], []],
  ]);
});

function cycloneDx(analysis: object, more: object = {}, root: object = {}) {
  const vulnerability = { id: "CVE-2026-1111", analysis, affects: [{ ref: "pkg:npm/a" }], ...more };
  return read({ bomFormat: "CycloneDX", ...root, vulnerabilities: [vulnerability] });
}

// https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis_state
test.each([
  ["not_affected", "not_affected"],
  ["false_positive", "not_affected"],
  ["exploitable", "affected"],
  ["resolved", "fixed"],
  ["resolved_with_pedigree", "fixed"],
  ["in_triage", "under_investigation"],
  ["unknown", undefined],
])("of CycloneDX, %s is %s", (state, status) => {
  expect(cycloneDx({ state }).map((one) => one.status)).toEqual(status === undefined ? [] : [status]);
});

test.each([
  [{ authors: [{ name: "A" }, { name: "B" }], supplier: { name: "S" } }, "A"],
  [{ authors: [{}], manufacturer: { name: "M" }, supplier: { name: "S" } }, "M"],
  [{ manufacture: { name: "m" }, supplier: { name: "S" } }, "m"],
  [{ supplier: { name: "S" } }, "S"],
  [{}, ""],
])("of CycloneDX, the author of %j is %j", (metadata, author) => {
  expect(cycloneDx({ state: "resolved" }, {}, { metadata })).toMatchObject([{ author }]);
});

test.each([
  [{ lastUpdated: "1" }, { updated: "2" }, { timestamp: "3" }, "1"],
  [{}, { updated: "2" }, { timestamp: "3" }, "2"],
  [{}, {}, { timestamp: "3" }, "3"],
])("of CycloneDX, the time of %j, %j, %j is %s", (analysis, more, metadata, timestamp) => {
  expect(cycloneDx({ state: "resolved", ...analysis }, more, { metadata })).toMatchObject([{ timestamp }]);
  expect(cycloneDx({ state: "resolved" })[0]).not.toHaveProperty("timestamp");
  expect(cycloneDx({ state: "resolved" })[0]).not.toHaveProperty("justification");
});

test("of CycloneDX, products are references, purls, and references of other documents", () => {
  const root = {
    metadata: { component: { "bom-ref": "app", purl: "pkg:oci/app" } },
    components: [
      { "bom-ref": "a", purl: "pkg:npm/a" },
      { "bom-ref": "b", purl: "pkg:npm/b" },
      { "bom-ref": "c" },
    ],
  };
  const refs = [
    "app",
    "a",
    "b",
    "c",
    "pkg:npm/d",
    "urn:cdx:x/1#a",
    "urn:cdx:x/1#pkg%3Anpm/e",
    "urn:cdx:x/1#%zz",
    "xurn:cdx:y#a",
  ];
  const affects = [...refs.map((ref) => ({ ref })), {}];
  const references = [{ id: "GHSA-a" }, {}, { id: "X-1" }];
  const [statement] = cycloneDx({ state: "resolved" }, { affects, references }, root);
  expect(statement?.names).toEqual(["CVE-2026-1111", "GHSA-a", "X-1"]);
  expect(statement?.products.map(({ name, purls }) => [name, ...purls])).toEqual([
    ["app", "pkg:oci/app"],
    ["a", "pkg:npm/a"],
    ["b", "pkg:npm/b"],
    ["c"],
    ["pkg:npm/d", "pkg:npm/d"],
    ["urn:cdx:x/1#a", "pkg:npm/a"],
    ["urn:cdx:x/1#pkg%3Anpm/e", "pkg:npm/e"],
    ["urn:cdx:x/1#%zz"],
    ["xurn:cdx:y#a"],
    [""],
  ]);
});

const HASH = "a".repeat(64);

test("of OpenVEX, a product has all its names, hashes and parts", () => {
  const statement = {
    vulnerability: { name: "CVE-2026-1111", aliases: ["GHSA-a", "X-1"] },
    status: "fixed",
    justification: "j",
    products: [
      {
        "@id": "pkg:npm/a",
        identifiers: { purl: "pkg:npm/b" },
        hashes: { "sha-256": HASH, md5: "x", sha1: 7 },
        subcomponents: ["pkg:npm/c", { "@id": "pkg:npm/d", identifiers: { purl: "pkg:npm/c" } }, {}],
      },
      `sha256:${HASH}`,
      `xsha256:${HASH}`,
      "app",
      {},
    ],
  };
  const [found] = read({ "@context": "https://openvex.dev/ns/v0.2.0", statements: [statement] });
  expect(found).toEqual({
    document: "vex.json",
    author: "",
    names: ["CVE-2026-1111", "GHSA-a", "X-1"],
    status: "fixed",
    justification: "j",
    products: [
      {
        name: "pkg:npm/a",
        purls: ["pkg:npm/a", "pkg:npm/b"],
        digests: [`sha256:${HASH}`],
        subcomponents: ["pkg:npm/c", "pkg:npm/d"],
        hasUnknownParts: true,
      },
      { name: `sha256:${HASH}`, purls: [], digests: [`sha256:${HASH}`], subcomponents: [] },
      { name: `xsha256:${HASH}`, purls: [], digests: [], subcomponents: [] },
      { name: "app", purls: [], digests: [], subcomponents: [] },
      { name: "", purls: [], digests: [], subcomponents: [] },
    ],
  });
});

test.each([
  [{ last_updated: "1", timestamp: "2" }, { last_updated: "3", timestamp: "4" }, "1"],
  [{ timestamp: "2" }, { last_updated: "3", timestamp: "4" }, "2"],
  [{}, { last_updated: "3", timestamp: "4" }, "3"],
  [{}, { timestamp: "4" }, "4"],
  [{}, {}, undefined],
])("of OpenVEX, the time of %j in %j is %s", (own, root, timestamp) => {
  const statements = [{ vulnerability: "CVE-2026-1111", status: "fixed", ...own }];
  const [found] = read({ "@context": "https://openvex.dev/ns", author: "team", ...root, statements });
  expect([found?.timestamp, found?.author, found?.names]).toEqual([timestamp, "team", ["CVE-2026-1111"]]);
});
