import { APK_FILES } from "./apk-files.ts";
import { CONDA_FILES } from "./conda-files.ts";
import { DPKG_DIVERSIONS, DPKG_FILES } from "./dpkg-files.ts";
import type { FileList } from "./file-list.ts";
import { RECORD_FILES } from "./record-files.ts";

/** Lists of files beside what states packages; catalogers whose files say both have theirs themselves. */
const FILE_LISTS: readonly FileList[] = [DPKG_FILES, DPKG_DIVERSIONS, APK_FILES, RECORD_FILES, CONDA_FILES];

/** The list of files that a path is, looked for by its ending first: an image has a hundred thousand files. */
export function fileListOf(path: string): FileList | undefined {
  return ENDINGS.test(path) ? FILE_LISTS.find((list) => list.reads(path)) : undefined;
}

const ENDINGS = /(?:\.list|\.md5sums|\/diversions|\/installed|\/RECORD|\/conda-meta\/[^/]+\.json)$/;
