/** Properties of an image's file system that decide where an emptyDir may be mounted. */
export interface ImageTree {
  /** Path with the image's symbolic links resolved; undefined below mounts of the kernel or the runtime. */
  real(path: string): string | undefined;
  /** Whether it is a directory of the image; undefined: nothing of this name is there. */
  isDirectory(path: string): boolean | undefined;
  /** Whether the folder contains files of the image that a program may need. */
  holdsFiles(directory: string): boolean;
  /** Whether the container's user owns it. */
  isOwned(directory: string): boolean;
}
