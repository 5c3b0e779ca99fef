import { APK_FILES } from "./apk-files.ts";
import { CHISEL_FILES } from "./chisel-files.ts";
import { CONDA_FILES } from "./conda-files.ts";
import { DPKG_DIVERSIONS, DPKG_FILES } from "./dpkg-files.ts";
import type { FileList } from "./file-list.ts";
import { OPKG_FILES } from "./opkg-files.ts";
import { PACMAN_FILES } from "./pacman-files.ts";
import { RECORD_FILES } from "./record-files.ts";

/** Lists of files beside what states packages; catalogers whose files say both have theirs themselves. */
export const FILE_LISTS: readonly FileList[] = [
  DPKG_FILES,
  DPKG_DIVERSIONS,
  CHISEL_FILES,
  APK_FILES,
  PACMAN_FILES,
  OPKG_FILES,
  RECORD_FILES,
  CONDA_FILES,
];

/** The list of files that a path is, looked for by its ending first: an image has a hundred thousand files. */
export function fileListOf(path: string): FileList | undefined {
  return ENDINGS.test(path) ? FILE_LISTS.find((list) => list.reads(path)) : undefined;
}

const ENDINGS =
  /(?:\.list|\.md5sums|\/diversions|\/manifest\.wall|\/installed|\/local\/[^/]+\/files|\/RECORD|\/conda-meta\/[^/]+\.json)$/;
