/** What is asked of the analyzers of one layer, by name: plain data. Who is not asked has its facts. */
export interface Asked {
  readonly entries?: true;
  readonly files?: AskedFiles;
  readonly scripts?: true;
  readonly secrets?: true;
  readonly packages?: true;
}

export interface AskedFiles {
  /** Whether what the run's selectors match is wanted, or known. */
  readonly selected: boolean;
  /** Entries of which so many bytes are kept, whatever their header says. */
  readonly also: readonly (readonly [entry: number, bytes: number])[];
}

/** Everything. */
export const ALL: Asked = {
  entries: true,
  files: { selected: true, also: [] },
  scripts: true,
  secrets: true,
  packages: true,
};
