import { admission, type EnforcedRows } from "../../contract/admission.ts";
import type { StoredVerdict } from "../ports.ts";

/**
 * Whether a verdict admits where these future rows decide. The verdict's own word is that of the policy's future rows: it
 * may be stricter by one of those, and by nothing else.
 *
 * @param enforced absent where the policy's own future rows decide
 */
export function admits({ verdict }: StoredVerdict, enforced?: EnforcedRows): boolean {
  const { rows, admitted } = verdict;
  if (enforced === undefined) return admitted === "yes";
  if (admission(rows, enforced) !== "yes") return false;
  return admitted === "yes" || admission(rows, true) !== "yes";
}
