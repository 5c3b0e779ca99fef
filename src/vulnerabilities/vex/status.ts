import { VEX_STATUSES, type VexStatus } from "../../contract/vulnerability-facts.ts";

/** A status by its own name; undefined for one that no format knows: nothing is said by it. */
export function vexStatus(stated: string | undefined): VexStatus | undefined {
  return VEX_STATUSES.find((status) => status === stated);
}
