/** A range of an open file: one file of a layout or archive. */
export interface FileRange {
  readonly fd: number;
  readonly offset: number;
  /** Length in bytes. */
  readonly size: number;
}

/** Files of a layout or archive by name: a directory on disk, or a tar. */
export interface FileTree {
  /**
   * Range of a file, valid until close(); undefined if the file does not exist.
   *
   * @throws DouaneError if it exists, but not as a readable file
   */
  find(path: string): FileRange | undefined;
  close(): void;
}
