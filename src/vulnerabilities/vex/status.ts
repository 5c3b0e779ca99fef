import { VEX_STATUSES, type VexStatus } from "../../contract/vulnerability-facts.ts";

/** Status with this name; undefined for an unknown status, which states nothing. */
export function vexStatus(stated: string | undefined): VexStatus | undefined {
  return VEX_STATUSES.find((status) => status === stated);
}
