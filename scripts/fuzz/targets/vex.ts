import { readVex } from "../../../src/vulnerabilities/vex/read-vex.ts";
import type { Target } from "../target.ts";

const PURL = "pkg:npm/left-pad@1.0.0";
const CVE = "CVE-2026-0001";

const OPENVEX = {
  "@context": "https://openvex.dev/ns/v0.2.0",
  "@id": "https://vex.example/1",
  author: "security@vendor.example",
  timestamp: "2026-06-01T00:00:00Z",
  version: 1,
  statements: [
    {
      vulnerability: { name: CVE, aliases: ["GHSA-1"] },
      products: [{ "@id": PURL, subcomponents: [{ "@id": PURL }], identifiers: { purl: PURL } }],
      status: "not_affected",
      justification: "vulnerable_code_not_present",
      impact_statement: "not called",
      timestamp: "2026-06-01T00:00:00Z",
    },
  ],
};

const CSAF = {
  document: {
    category: "csaf_vex",
    csaf_version: "2.0",
    publisher: { name: "Vendor", category: "vendor", namespace: "https://vendor.example" },
    tracking: { id: "1", current_release_date: "2026-06-01T00:00:00Z", status: "final" },
  },
  product_tree: {
    branches: [
      {
        category: "product_version",
        name: "1.0.0",
        product: { name: "a", product_id: "A", product_identification_helper: { purl: PURL } },
      },
    ],
    relationships: [
      {
        category: "default_component_of",
        product_reference: "A",
        relates_to_product_reference: "A",
        full_product_name: { name: "a in a", product_id: "B" },
      },
    ],
  },
  vulnerabilities: [
    {
      cve: CVE,
      product_status: { known_not_affected: ["A", "B"], fixed: ["B"] },
      flags: [{ label: "vulnerable_code_not_in_execute_path", product_ids: ["A"] }],
      threats: [{ category: "impact", details: "none", product_ids: ["A"] }],
    },
  ],
};

const CYCLONEDX = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  components: [{ type: "library", "bom-ref": "a", name: "left-pad", version: "1.0.0", purl: PURL }],
  vulnerabilities: [
    {
      id: CVE,
      references: [{ id: "GHSA-1", source: { name: "GitHub" } }],
      analysis: { state: "not_affected", justification: "code_not_present", detail: "not called" },
      affects: [{ ref: "a", versions: [{ version: "1.0.0", status: "unaffected" }] }],
    },
  ],
};

/** A VEX document, in each form. */
export const vex: Target = {
  name: "vex",
  seeds: [OPENVEX, CSAF, CYCLONEDX].map((document) => Buffer.from(JSON.stringify(document))),
  run(input) {
    readVex(input, "a.vex.json");
  },
};
