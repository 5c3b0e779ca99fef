import { admission, type EnforcedRows } from "../../contract/admission.ts";
import type { StoredVerdict } from "../ports.ts";

/**
 * Test that a verdict admits in a namespace with these future rows. The verdict's own `admitted` rests on the policy's
 * future rows: it may be stricter because of a future row, and for no other reason.
 *
 * @param enforced absent where the policy's own future rows decide
 */
export function admits({ verdict }: StoredVerdict, enforced?: EnforcedRows): boolean {
  const { rows, admitted } = verdict;
  if (enforced === undefined) return admitted === "yes";
  if (admission(rows, enforced) !== "yes") return false;
  return admitted === "yes" || admission(rows, true) !== "yes";
}
