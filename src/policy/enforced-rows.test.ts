import { expect, test } from "vitest";
import type { AttestationPolicy } from "../contract/attestation-policy.ts";
import { enforcedRows } from "./enforced-rows.ts";

const SECTION = { signers: [], builders: [], applications: [], statements: {} };
const withRows = (rows: NonNullable<AttestationPolicy["rows"]>) => ({ attestations: { ...SECTION, rows } });

test.each([
  ["no section", {}, false],
  ["the future as a whole", { enforceFuture: true, ...withRows({ scans: { mode: "warn" } }) }, true],
  ["the section alone", { attestations: SECTION }, ["provenance", "scans"]],
  ["a row that warns", withRows({ scans: { mode: "warn" } }), ["provenance"]],
  [
    "a row from today on",
    withRows({ scans: { mode: "enforce", from: "2026-06-15" } }),
    ["provenance", "scans"],
  ],
  ["a row from tomorrow on", withRows({ scans: { mode: "enforce", from: "2026-06-16" } }), ["provenance"]],
  [
    "rows that warn",
    withRows({ provenance: { mode: "warn" }, scans: { mode: "warn", from: "2020-01-01" } }),
    [],
  ],
] as const)("%s", (_, policy, rows) => {
  expect(enforcedRows(policy, "2026-06-15")).toEqual(rows);
});
