import type { RawTrial } from "../contract/trial-facts.ts";
import type { ContainerOptions, ProposedMounts } from "./trial-options.ts";

/** Who needs one directory after the other is not told all of them. */
const ROUNDS = 6;

/**
 * Tries what is proposed for the containers of a pod, round by round, each with what the one before
 * it showed in addition, until nothing more is proposed.
 *
 * @returns after ROUNDS at most, and begins none when it is late
 */
export async function tryProposals(
  containers: readonly Pick<ContainerOptions, "propose">[],
  {
    facts,
    isLate,
    run,
  }: {
    readonly facts: () => readonly RawTrial[];
    readonly isLate: () => boolean;
    /** @param proposed for each container */
    readonly run: (proposed: readonly ProposedMounts[], round: number) => Promise<void>;
  },
): Promise<void> {
  for (let round = 1; round <= ROUNDS && !isLate(); round += 1) {
    const seen = facts();
    const proposed = containers.map(({ propose }, index) => {
      const trial = seen[index];
      return trial === undefined ? NOTHING : (propose?.(trial) ?? NOTHING);
    });
    const isNew = proposed.some(({ mounts }, index) => {
      return mounts.length > 0 && mounts.join("\0") !== seen[index]?.tried?.mounts.join("\0");
    });
    if (!isNew) return;
    await run(proposed, round);
  }
}

const NOTHING: ProposedMounts = { mounts: [], places: [] };
