/** A range of an open file: one file of a layout or archive. */
export interface FileRange {
  readonly fd: number;
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/** The files of a layout or archive by name: a directory on disk, or a tar. */
export interface FileTree {
  /**
   * Undefined when there is no such file. The range stays valid until close().
   *
   * @throws DouaneError when it is there, but not as a readable file
   */
  find(path: string): FileRange | undefined;
  close(): void;
}
