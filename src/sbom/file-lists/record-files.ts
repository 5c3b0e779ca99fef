import { posix } from "node:path";
import { type FileList, linesOf, ownerName } from "./file-list.ts";

/**
 * Files of Python distributions: RECORD lists paths relative to the folder that contains the .dist-info
 * folder (PEP 376, 627).
 */
export const RECORD_FILES: FileList = {
  name: "record-files",
  version: 1,
  reads: (path) => path.endsWith(".dist-info/RECORD"),
  *files({ path, bytes }) {
    const own = path.slice(0, -"/RECORD".length);
    const folder = posix.dirname(own);
    const [stated = ""] = posix.basename(own, ".dist-info").split(/-\d/);
    const name = stated.toLowerCase().replace(/[-_.]{1,100}/g, "-");
    yield { owner: ownerName({ type: "pypi", name }), paths: recorded(folder, own, bytes) };
  },
};

/** Listed files, without the distribution's own metadata: only importable files prove its presence. */
function* recorded(folder: string, own: string, bytes: Buffer): Generator<string> {
  for (const line of linesOf(bytes)) {
    const file = line.startsWith('"') ? line.slice(1, line.indexOf('"', 1)) : line.split(",", 1)[0];
    const path = posix.join(folder, file ?? "");
    if (!path.startsWith(`${own}/`)) yield path;
  }
}
