/**
 * Requested analyzers of a layer, by name, as plain data; absent for an analyzer whose facts are already
 * known.
 */
export interface Asked {
  readonly entries?: true;
  readonly files?: AskedFiles;
  readonly scripts?: true;
  readonly secrets?: true;
  readonly packages?: true;
}

export interface AskedFiles {
  /** Whether matches of the run's selectors are requested, or already known. */
  readonly selected: boolean;
  /** Entries whose first bytes are kept regardless of selectors. */
  readonly also: readonly (readonly [entry: number, bytes: number])[];
}

/** Request for all analyzers. */
export const ALL: Asked = {
  entries: true,
  files: { selected: true, also: [] },
  scripts: true,
  secrets: true,
  packages: true,
};
