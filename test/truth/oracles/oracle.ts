import type { Arbitrary } from "fast-check";

/** Another reader of douane's inputs. Each reader answers `refused` to an input that it does not read. */
export interface Oracle {
  readonly name: string;
  /** Programs that it needs. */
  readonly programs: readonly string[];
  readonly inputs: Arbitrary<string>;
  /** Both readers' answers to each input. @param folder its own, not there yet */
  compare(inputs: readonly string[], folder: string): readonly Answers[] | Promise<readonly Answers[]>;
}

export interface Answers {
  readonly input: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}
