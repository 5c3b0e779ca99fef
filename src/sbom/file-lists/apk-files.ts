import { type FileList, linesOf, ownerName } from "./file-list.ts";

/** Files in apk's database: `P:` begins a package, `F:` names a folder, `R:` a file in it. */
export const APK_FILES: FileList = {
  name: "apk-files",
  version: 1,
  reads: (path) => path.endsWith("/lib/apk/db/installed"),
  *files({ path, bytes }) {
    const root = path.slice(0, -"/lib/apk/db/installed".length).replace(/\/usr$/, "");
    let name = "";
    let folder = "";
    let paths: string[] = [];
    for (const line of linesOf(bytes)) {
      const value = line.slice(2);
      if (line.startsWith("C:") || line.startsWith("P:")) {
        if (name !== "" && paths.length > 0) yield { owner: ownerName({ type: "apk", name }), paths };
        paths = [];
      }
      if (line.startsWith("P:")) name = value;
      else if (line.startsWith("F:")) folder = value === "" ? root : `${root}/${value}`;
      else if (line.startsWith("R:")) paths.push(`${folder}/${value}`);
    }
    if (name !== "" && paths.length > 0) yield { owner: ownerName({ type: "apk", name }), paths };
  },
};
