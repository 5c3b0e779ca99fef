/** Something that reads what anybody may have written. */
export interface Target {
  readonly name: string;
  readonly seeds: readonly Buffer[];
  /** Mends what a reader verifies first, such as checksums, so that a change gets further. */
  mend?(input: Buffer): Buffer;
  /** Reads the input; an error that no user could be told is a finding. */
  run(input: Buffer): void | Promise<void>;
}
