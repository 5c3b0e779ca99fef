/** A reader of untrusted input. */
export interface Target {
  readonly name: string;
  readonly seeds: readonly Buffer[];
  /** Repairs parts that a reader verifies first, such as checksums, so that a mutation gets further. */
  mend?(input: Buffer): Buffer;
  /** Reads the input; any error without a message for users is a finding. */
  run(input: Buffer): void | Promise<void>;
}
