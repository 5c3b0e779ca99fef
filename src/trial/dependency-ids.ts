import type { Capabilities } from "./plan/executor.ts";
import type { IdShift } from "./rootfs/user-namespace-ids.ts";

/** Range of ids that neither users, subordinate ids nor systemd's containers use (systemd, UIDS-GIDS.md). */
const UNUSED: IdShift = { first: 0x7000_0000, count: 65_536 };

/**
 * Ids of a dependency's user namespace, whose root has no rights outside the namespace: for root, an unused
 * id of the machine; for other users, one of their subordinate ids, not their own id.
 */
export function dependencyIds({
  facts,
  idCount,
}: Pick<Extract<Capabilities, { readonly available: true }>, "facts" | "idCount">): IdShift {
  return facts.mode === "root" ? UNUSED : { first: 1, count: idCount - 1 };
}
