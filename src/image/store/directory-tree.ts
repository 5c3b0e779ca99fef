import { closeSync } from "node:fs";
import { join } from "node:path";
import type { FileRange, FileTree } from "./file-tree.ts";
import { openFile } from "./open-file.ts";

/**
 * Files of a folder; opened files stay open until close().
 *
 * @param within see openFile()
 */
export function directoryTree(directory: string, within?: string): FileTree {
  const open = new Map<string, FileRange>();
  return {
    find(path) {
      const known = open.get(path);
      if (known !== undefined) return known;
      const range = openFile(join(directory, path), within);
      if (range !== undefined) open.set(path, range);
      return range;
    },
    close() {
      for (const { fd } of open.values()) closeSync(fd);
      open.clear();
    },
  };
}
