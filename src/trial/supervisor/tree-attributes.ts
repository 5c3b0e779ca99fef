import type { WriteEvent } from "../../contract/trial-events.ts";
import type { TreeEntry } from "./file-snapshot.ts";

/** Resolution of file times in milliseconds: one kernel tick; there are at least 100 ticks per second. */
const TICK_MS = 10;
const NS_PER_MS = 1_000_000n;

/**
 * Attributes of a file that programs can set: permissions, owners, and a modification time outside this
 * phase.
 *
 * @param began start of the phase, by the wall clock in milliseconds
 */
export function attributes(
  before: TreeEntry | undefined,
  after: TreeEntry | undefined,
  began: number,
): Pick<WriteEvent, "attributes"> {
  if (after === undefined || after.type === "whiteout" || after.type === "symlink") return {};
  const { access, writtenAt } = after;
  const isOfPhase =
    writtenAt >= BigInt(began - TICK_MS) * NS_PER_MS && writtenAt <= BigInt(Date.now() + 1) * NS_PER_MS;
  const isSet = !isOfPhase && writtenAt !== before?.writtenAt;
  return { attributes: isSet ? `${access} ${writtenAt / NS_PER_MS}` : access };
}
