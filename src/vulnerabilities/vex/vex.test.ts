import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import type { VulnerabilityFacts, VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import { applyVex } from "./apply-vex.ts";
import { readVex } from "./read-vex.ts";
import { isSubject, type VexSubject } from "./vex-subject.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const OTHER = `sha256:${"b".repeat(64)}`;
const SUBJECT: VexSubject = {
  name: "registry.example/team/app",
  platform: "linux/amd64",
  digests: [DIGEST],
  purls: ["pkg:npm/lodash@4.17.15", "pkg:golang/registry.example/team/app@v1.0.0"],
};

const LODASH: VulnerabilityFinding = {
  id: "CVE-2026-1111",
  aliases: ["GHSA-a"],
  component: { purl: "pkg:npm/lodash@4.17.15", type: "npm", name: "lodash", version: "4.17.15" },
  ecosystem: "npm",
  fixedIn: [],
  severity: { level: "critical", stated: [] },
  exploited: [],
};

const FACTS: VulnerabilityFacts = {
  matched: "2026-11-27",
  sources: [],
  compared: [],
  inert: 0,
  findings: [LODASH],
  unmatched: [],
  endOfLife: [],
};

function read(document: object) {
  return readVex(Buffer.from(JSON.stringify(document)), "vex.json");
}

function openVex(products: readonly unknown[], more: object = {}, root: object = {}): object {
  return {
    "@context": "https://openvex.dev/ns/v0.2.0",
    author: "team",
    timestamp: "2026-11-01T00:00:00Z",
    statements: [{ vulnerability: { name: "CVE-2026-1111" }, status: "not_affected", products, ...more }],
    ...root,
  };
}

/** The status that counts, or why the statement applies to nothing. */
function told(document: object): string {
  const { facts, uses } = applyVex(FACTS, read(document), SUBJECT);
  return facts.findings[0]?.vex?.[0]?.status ?? uses[0]?.why ?? "nothing";
}

test.each<[string, readonly unknown[], string]>([
  ["the image, by digest", [`pkg:oci/app@${DIGEST}`], "not_affected"],
  [
    "the image, by an encoded digest",
    [{ "@id": `pkg:oci/app@${encodeURIComponent(DIGEST)}` }],
    "not_affected",
  ],
  ["another digest", [`pkg:oci/app@${OTHER}`], "no-such-product"],
  ["the repository", ["pkg:oci/app?repository_url=registry.example/team/app"], "not_affected"],
  ["the repository without the name", ["pkg:oci/app?repository_url=registry.example/team"], "not_affected"],
  ["another repository", ["pkg:oci/app?repository_url=registry.example/other/app"], "no-such-product"],
  [
    "the repository, and another digest",
    [`pkg:oci/app@${OTHER}?repository_url=registry.example/team/app`],
    "no-such-product",
  ],
  ["a tag", ["pkg:oci/app@1.4.2?repository_url=registry.example/team/app"], "no-such-product"],
  ["a bare name, which is anybody's", ["pkg:oci/app"], "no-such-product"],
  ["the digest alone", [{ "@id": DIGEST }], "not_affected"],
  ["a hash", [{ "@id": "app", hashes: { "sha-256": "a".repeat(64) } }], "not_affected"],
  ["the package", ["pkg:npm/lodash@4.17.15"], "not_affected"],
  ["the package in any version", [{ identifiers: { purl: "pkg:npm/lodash" } }], "not_affected"],
  ["an older version of the package", ["pkg:npm/lodash@4.17.14"], "no-such-product"],
  ["another package", ["pkg:npm/lodash-es"], "no-such-product"],
  ["all packages", ["pkg:npm/*"], "no-such-product"],
  ["everything", ["*"], "unknown-products"],
  ["nothing", [], "no-products"],
  [
    "a part of the image",
    [{ "@id": `pkg:oci/app@${DIGEST}`, subcomponents: [{ "@id": "pkg:npm/lodash" }] }],
    "not_affected",
  ],
  [
    "another part of it",
    [{ "@id": `pkg:oci/app@${DIGEST}`, subcomponents: ["pkg:npm/minimist"] }],
    "no-such-part",
  ],
  [
    "a part of a package that is in the image",
    [{ "@id": "pkg:golang/registry.example/team/app", subcomponents: [{ "@id": "pkg:npm/lodash" }] }],
    "not_affected",
  ],
  [
    "a part of a package that is not",
    [{ "@id": "pkg:golang/example.org/other", subcomponents: [{ "@id": "pkg:npm/lodash" }] }],
    "no-such-product",
  ],
  ["another platform of the index", [`pkg:oci/app@${DIGEST}?arch=arm64`], "no-such-product"],
  ["another system of the index", [`pkg:oci/app@${DIGEST}?os=windows`], "no-such-product"],
  ["this platform of the index", [`pkg:oci/app@${DIGEST}?arch=amd64&tag=1.4.2`], "not_affected"],
  ["a part of the image's files", [`pkg:oci/app@${DIGEST}#usr/bin`], "no-such-product"],
  [
    "a tag of the repository, as a qualifier",
    ["pkg:oci/app?repository_url=registry.example/team/app&tag=1.4.2"],
    "no-such-product",
  ],
  [
    "the repository's images of this platform",
    ["pkg:oci/app?repository_url=registry.example/team/app&arch=amd64"],
    "not_affected",
  ],
  ["older versions of the package", ["pkg:npm/lodash?vers=vers:npm/%3C3.0.0"], "no-such-product"],
  ["another architecture's package", ["pkg:npm/lodash@4.17.15?arch=arm64"], "no-such-product"],
])("a statement about %s", (_, products, expected) => {
  expect(told(openVex(products))).toBe(expected);
});

test.each<[string, unknown, string]>([
  ["none", [], "not_affected"],
  ["null", null, "not_affected"],
  ["an empty id", [{ "@id": "" }], "no-such-part"],
  ["no id", [{}], "no-such-part"],
  ["null in the list", [null], "no-such-part"],
  ["an object in place of the list", { "@id": "pkg:npm/left@1.0.0" }, "no-such-part"],
  ["an object of the package in place of the list", { "@id": "pkg:npm/lodash" }, "not_affected"],
  ["a CPE", [{ identifiers: { cpe23: "cpe:2.3:a:left:left:1.0.0:*:*:*:*:*:*:*" } }], "no-such-part"],
  ["hashes", [{ hashes: { "sha-256": "a".repeat(64) } }], "no-such-part"],
  ["a bare name", ["lodash"], "no-such-part"],
  ["a CPE beside the package", [{ identifiers: { cpe23: "cpe:x" } }, "pkg:npm/lodash"], "not_affected"],
])("a statement about a part that is named by %s", (_, subcomponents, expected) => {
  expect(told(openVex([{ "@id": `pkg:oci/app@${DIGEST}`, subcomponents }]))).toBe(expected);
});

test("a part that is not known may be affected, but is not lifted", () => {
  const products = [{ "@id": `pkg:oci/app@${DIGEST}`, subcomponents: [{}] }];
  expect(told(openVex(products, { status: "affected" }))).toBe("affected");
  expect(told(openVex(products, { status: "under_investigation" }))).toBe("under_investigation");
  expect(told(openVex(products, { status: "fixed" }))).toBe("no-such-part");
});

test("without a known platform, a repository's images of one platform are not told apart", () => {
  const { name, digests } = SUBJECT;
  const is = (purl: string) => isSubject({ purls: [purl], digests: [] }, { name, digests, purls: [] });
  expect(is("pkg:oci/app?repository_url=registry.example/team/app&arch=amd64")).toBe(false);
  expect(is(`pkg:oci/app@${DIGEST}?arch=amd64`)).toBe(true);
});

test.each([
  [[{ version: "4.17.15" }], "not_affected"],
  [[{ version: "3.0.0" }], "no-such-product"],
  [[{ range: "vers:npm/<3.0.0" }], "unknown-products"],
  [[], "not_affected"],
])("of CycloneDX, a package limited to the versions %j", (versions, expected) => {
  const affects = [{ ref: "pkg:npm/lodash", versions }];
  const vulnerability = { id: "GHSA-a", analysis: { state: "not_affected" }, affects };
  expect(told({ bomFormat: "CycloneDX", vulnerabilities: [vulnerability] })).toBe(expected);
});

test("a vulnerability is meant by any of its names", () => {
  const products = ["pkg:npm/lodash"];
  expect(told(openVex(products, { vulnerability: "ghsa-A" }))).toBe("not_affected");
  expect(told(openVex(products, { vulnerability: { name: "X", aliases: ["GHSA-a"] } }))).toBe("not_affected");
  expect(told(openVex(products, { vulnerability: { name: "CVE-2026-2" } }))).toBe("no-such-vulnerability");
});

test("the latest statement wins, whatever the order, and one without a time before none", () => {
  const of = (status: string, timestamp?: string) => ({
    vulnerability: { name: "CVE-2026-1111" },
    status,
    products: ["pkg:npm/lodash"],
    ...(timestamp === undefined ? {} : { timestamp }),
  });
  const statements = [
    of("affected", "2026-11-02T00:00:00Z"),
    of("not_affected"),
    of("fixed", "2026-10-01T00:00:00Z"),
  ];
  const { timestamp: _, ...timeless }: Record<string, unknown> = { ...openVex([]), statements };
  const { facts, uses } = applyVex(FACTS, read(timeless), SUBJECT);
  expect(facts.findings[0]?.vex?.map(({ status }) => status)).toEqual(["affected", "fixed", "not_affected"]);
  expect(uses.map(({ superseded }) => superseded)).toEqual([0, 1, 1]);
});

test("a status that no format knows says nothing", () => {
  expect(read(openVex(["pkg:npm/lodash"], { status: "fine" }))).toEqual([]);
});

test("the product is told by its repository, Docker Hub's under any of its names", () => {
  const nginx: VexSubject = { name: "docker.io/library/nginx", digests: [], purls: [] };
  const is = (purl: string) => isSubject({ purls: [purl], digests: [] }, nginx);
  expect(is("pkg:oci/nginx?repository_url=index.docker.io%2Flibrary%2Fnginx")).toBe(true);
  expect(is("pkg:docker/library/nginx")).toBe(false);
  expect(is("pkg:docker/nginx")).toBe(true);
  expect(is("pkg:npm/nginx")).toBe(false);
  expect(is("pkg:")).toBe(false);
});

const CSAF = {
  document: {
    csaf_version: "2.0",
    publisher: { name: "Vendor" },
    tracking: { current_release_date: "2026-11-01T00:00:00Z" },
  },
  product_tree: {
    full_product_names: [
      { product_id: "lodash", name: "lodash", product_identification_helper: { purl: "pkg:npm/lodash" } },
    ],
    branches: [
      {
        branches: [
          {
            product: {
              product_id: "image",
              product_identification_helper: { purl: `pkg:oci/app@${DIGEST}` },
            },
          },
        ],
      },
      { product: { product_id: "system", name: "System 9" } },
      { product: { product_id: "unnamed", name: "a library without a package URL" } },
      { product: { name: "without an id" } },
    ],
    relationships: [
      {
        product_reference: "lodash",
        relates_to_product_reference: "image",
        full_product_name: { product_id: "image:lodash" },
      },
      {
        product_reference: "lodash",
        relates_to_product_reference: "system",
        full_product_name: { product_id: "system:lodash" },
      },
      {
        product_reference: "unnamed",
        relates_to_product_reference: "image",
        full_product_name: { product_id: "image:unnamed" },
      },
      {
        product_reference: "image:unnamed",
        relates_to_product_reference: "image",
        full_product_name: { product_id: "image:image:unnamed" },
      },
      {
        product_reference: "lodash",
        relates_to_product_reference: "nothing",
        full_product_name: { product_id: "x" },
      },
    ],
  },
};

test.each([
  ["known_not_affected", "image:lodash", "not_affected"],
  ["fixed", "image:lodash", "fixed"],
  ["known_affected", "image:lodash", "affected"],
  ["under_investigation", "lodash", "under_investigation"],
  // A part without a package URL is not the whole image.
  ["known_not_affected", "image:unnamed", "no-such-part"],
  ["known_not_affected", "image:image:unnamed", "no-such-part"],
  // Statements about a part of another product do not apply here.
  ["known_not_affected", "system:lodash", "unknown-products"],
  ["known_not_affected", "nobody", "unknown-products"],
])("of CSAF, %s of %s", (field, id, expected) => {
  const vulnerability = {
    cve: "CVE-2026-1111",
    product_status: { [field]: [id] },
    flags: [{ label: "vulnerable_code_not_present", product_ids: [id] }],
  };
  const document = { ...CSAF, vulnerabilities: [vulnerability] };
  expect(told(document)).toBe(expected);
  expect(read(document)[0]).toMatchObject({ author: "Vendor", justification: "vulnerable_code_not_present" });
});

const CYCLONEDX = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  metadata: { timestamp: "2026-11-01T00:00:00Z", supplier: { name: "Supplier" } },
  components: [{ "bom-ref": "a", purl: "pkg:npm/lodash" }, { "bom-ref": "b" }],
};

test.each([
  ["not_affected", "a", "not_affected"],
  ["false_positive", "pkg:npm/lodash@4.17.15", "not_affected"],
  ["exploitable", "a", "affected"],
  ["resolved", "a", "fixed"],
  [
    "resolved_with_pedigree",
    "urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#pkg:npm/lodash%404.17.15",
    "fixed",
  ],
  ["in_triage", "a", "under_investigation"],
  ["not_affected", "b", "unknown-products"],
  ["not_affected", "urn:cdx:x/1#%zz", "unknown-products"],
])("of CycloneDX, %s of %s", (state, ref, expected) => {
  const vulnerability = {
    id: "GHSA-a",
    analysis: { state, justification: "code_not_reachable" },
    affects: [{ ref }],
  };
  const document = { ...CYCLONEDX, vulnerabilities: [vulnerability, { id: "GHSA-a" }] };
  expect(told(document)).toBe(expected);
  expect(read(document)).toMatchObject([{ author: "Supplier", justification: "code_not_reachable" }]);
});

test.each([
  ["{", "vex.json"],
  ["{}", "no VEX document"],
  ['{"@context":"https://openvex.dev/ns","@context":1}', "stands twice"],
])("%s is no VEX document", (text, message) => {
  expect(() => readVex(Buffer.from(text), "vex.json")).toThrow(message);
});

test("a document has no more statements than the bound", () => {
  const statements = Array.from({ length: LIMITS.vexStatements + 1 }, () => ({ status: "fixed" }));
  expect(() => read(openVex([], {}, { statements }))).toThrow("vexStatements");
});
