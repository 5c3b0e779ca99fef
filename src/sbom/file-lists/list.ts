import { APK_FILES } from "./apk-files.ts";
import { CHISEL_FILES } from "./chisel-files.ts";
import { CONDA_FILES } from "./conda-files.ts";
import { DPKG_DIVERSIONS, DPKG_FILES } from "./dpkg-files.ts";
import type { FileList } from "./file-list.ts";
import { OPKG_FILES } from "./opkg-files.ts";
import { PACMAN_FILES } from "./pacman-files.ts";
import { RECORD_FILES } from "./record-files.ts";

/**
 * Lists of files that are separate from package lists; catalogers whose files contain both implement FileList
 * themselves.
 */
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

/**
 * File list at a path; undefined for other paths. The extension is looked up first, since an image has a
 * hundred thousand files.
 */
export function fileListOf(path: string): FileList | undefined {
  return ENDINGS.test(path) ? FILE_LISTS.find((list) => list.reads(path)) : undefined;
}

const ENDINGS =
  /(?:\.list|\.md5sums|\/diversions|\/manifest\.wall|\/installed|\/local\/[^/]+\/files|\/RECORD|\/conda-meta\/[^/]+\.json)$/;
