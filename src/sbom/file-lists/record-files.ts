import { posix } from "node:path";
import { type FileList, linesOf, ownerName } from "./file-list.ts";

/** Of Python's distributions: RECORD names each file, from the directory that holds the distribution's own (PEP 376, 627). */
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

/** But its own description: what shows that the distribution is there is what can be imported. */
function* recorded(folder: string, own: string, bytes: Buffer): Generator<string> {
  for (const line of linesOf(bytes)) {
    const file = line.startsWith('"') ? line.slice(1, line.indexOf('"', 1)) : line.split(",", 1)[0];
    const path = posix.join(folder, file ?? "");
    if (!path.startsWith(`${own}/`)) yield path;
  }
}
