/** Properties of an image's file system that decide where an emptyDir may be mounted. */
export interface ImageTree {
  /** Path with the image's symbolic links resolved; undefined below mounts of the kernel or the runtime. */
  real(path: string): string | undefined;
  /** Whether the path is a directory of the image; undefined if it does not exist. */
  isDirectory(path: string): boolean | undefined;
  /** Whether the folder contains files of the image that a program may need. */
  holdsFiles(directory: string): boolean;
  /** Whether the container's user owns the directory. */
  isOwned(directory: string): boolean;
}
