import type { RawTrial } from "../contract/trial-facts.ts";
import type { ContainerOptions, ProposedMounts } from "./trial-options.ts";

/** Maximum number of rounds; an application that needs one folder after another gets an incomplete answer. */
const ROUNDS = 6;

/**
 * Tries proposals for the containers of a pod in rounds, each extended by the previous round's results, until
 * nothing new is proposed.
 *
 * @returns after at most ROUNDS, or earlier if time is short
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
    /** @param proposed mounts by container */
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
