/** An image's file system, as far as it decides where an emptyDir can stand. */
export interface ImageTree {
  /** The same path without symbolic links of the image; undefined where it leads into what the kernel or the runtime mounts. */
  real(path: string): string | undefined;
  /** Whether it is a directory of the image; undefined: nothing of this name is there. */
  isDirectory(path: string): boolean | undefined;
  /** Whether files of the image lie below that a program may need. */
  holdsFiles(directory: string): boolean;
  /** Whether the container's user owns it. */
  isOwned(directory: string): boolean;
}
