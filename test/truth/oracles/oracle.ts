import type { Arbitrary } from "fast-check";

/** Another reader of what douane reads. Each answers `refused` to what it does not read. */
export interface Oracle {
  readonly name: string;
  /** Programs that it needs. */
  readonly programs: readonly string[];
  readonly inputs: Arbitrary<string>;
  /** What the two make of each input. @param folder its own, not there yet */
  compare(inputs: readonly string[], folder: string): readonly Answers[] | Promise<readonly Answers[]>;
}

export interface Answers {
  readonly input: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}
