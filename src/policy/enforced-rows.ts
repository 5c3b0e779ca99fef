import type { EnforcedRows } from "../contract/admission.ts";
import { ATTESTED_ROWS } from "../contract/attestation-policy.ts";
import type { Policy } from "./policy.ts";

/**
 * Future rows that decide on admission under a policy: all, or the rows that its section on attestations
 * enforces on this day.
 *
 * @param today `YYYY-MM-DD` (UTC)
 */
export function enforcedRows(
  { enforceFuture = false, attestations }: Pick<Policy, "enforceFuture" | "attestations">,
  today: string,
): EnforcedRows {
  if (enforceFuture || attestations === undefined) return enforceFuture;
  const { rows = {} } = attestations;
  return ATTESTED_ROWS.filter((id) => {
    const { mode, from = today } = rows[id] ?? { mode: "enforce" };
    return mode === "enforce" && from <= today;
  });
}
