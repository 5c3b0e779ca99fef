/** A mount with a locked file (flock, fcntl, a lease) at the end of a phase. */
export interface FileLockEvent {
  readonly kind: "file-lock";
  /** Mount path of the file system. */
  readonly area: string;
  /** Set if the kernel's list of locks could not be read, or only in part. */
  readonly unsure?: true;
}
