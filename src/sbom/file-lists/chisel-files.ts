import { textOf } from "../../json/fields.ts";
import { linesOfWall } from "../catalogers/debian/chisel.ts";
import { type FileList, ownerName } from "./file-list.ts";

/** Files in chisel's manifest: paths by slice (`PACKAGE_SLICE`) of a package. */
export const CHISEL_FILES: FileList = {
  name: "chisel-files",
  version: 1,
  reads: (path) => path.endsWith("/manifest.wall"),
  files(file) {
    const byPackage = new Map<string, string[]>();
    for (const { kind, slice, path } of linesOfWall(file)) {
      const [of, at] = [textOf(slice), textOf(path)];
      if (kind !== "content" || of === undefined || at === undefined || at.endsWith("/")) continue;
      const name = of.slice(0, of.lastIndexOf("_"));
      const paths = byPackage.get(name) ?? [];
      paths.push(at);
      byPackage.set(name, paths);
    }
    return [...byPackage].map(([name, paths]) => ({ owner: ownerName({ type: "deb", name }), paths }));
  },
};
