import type { Capabilities } from "./executor.ts";
import type { IdShift } from "./rootfs/ownership.ts";

/** Of the machine's ids, what neither users, subordinate ids nor systemd's containers have (systemd, UIDS-GIDS.md). */
const UNUSED: IdShift = { first: 0x7000_0000, count: 65_536 };

/**
 * The ids of a dependency's user namespace. Its root is nobody outside: for root of the machine, an
 * id that nothing else has; for anyone else, one of their subordinate ids, and not their own.
 */
export function dependencyIds({
  facts,
  idCount,
}: Pick<Extract<Capabilities, { readonly available: true }>, "facts" | "idCount">): IdShift {
  return facts.mode === "root" ? UNUSED : { first: 1, count: idCount - 1 };
}
