import type { WriteEvent } from "../../contract/trial-events.ts";
import type { TreeEntry } from "./tree.ts";

/** Times are those of the last tick, of 100 a second at the slowest. */
const TICK_MS = 10;
const NS_PER_MS = 1_000_000n;

/**
 * What programs can set of a file beside its name and content: permissions, owners, and a time of
 * writing that is not one of this phase.
 *
 * @param began when the phase began, by the wall clock in milliseconds
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
