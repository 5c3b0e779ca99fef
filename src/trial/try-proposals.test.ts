import { expect, test } from "vitest";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import type { RawTrial } from "../contract/trial-facts.ts";
import type { ProposedMounts } from "./trial-options.ts";
import { tryProposals } from "./try-proposals.ts";

/** A trial of one container, for whom this is proposed round by round. @returns the mounts that were tried */
async function tried(rounds: (round: number) => readonly string[], late = Number.POSITIVE_INFINITY) {
  const made: (readonly string[])[] = [];
  let facts: RawTrial = trialFacts();
  const propose = (): ProposedMounts => ({ mounts: rounds(made.length + 1), places: [] });
  await tryProposals([{ propose }, {}], {
    facts: () => [facts],
    isLate: () => made.length >= late,
    run: async ([first, second], number) => {
      expect(second).toEqual({ mounts: [], places: [] });
      made.push(first?.mounts ?? []);
      facts = trialFacts({ facts: { tried: { mounts: first?.mounts ?? [], places: [], rounds: number } } });
    },
  });
  return made;
}

test("nothing is proposed: nothing is tried", async () => {
  expect(await tried(() => [])).toEqual([]);
});

test("until nothing more is proposed", async () => {
  expect(await tried((round) => ["/a", "/b"].slice(0, round))).toEqual([["/a"], ["/a", "/b"]]);
});

test("no more than so many rounds, and none when it is late", async () => {
  expect(await tried((round) => [`/${round}`])).toHaveLength(6);
  expect(await tried((round) => [`/${round}`], 2)).toHaveLength(2);
});
