import type { RowId } from "../contract/rows.ts";

/** Rows that future requirements of the contract make: the mandatory ones have no switch. */
export const FUTURE_ROWS = ["provenance", "sbom", "scans"] as const satisfies readonly RowId[];
