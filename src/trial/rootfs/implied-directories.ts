import type { LayerEntries } from "../../image/layer/entries.ts";
import type { RootFs } from "../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../image/tar/path.ts";
import { makeDirectory } from "./made-directories.ts";

/** Of a directory that is made because something lies in it. */
const PLAIN = { mode: 0o755, uid: 0, gid: 0 };

/**
 * Gives directories their own modes and owners back: a layer that has something in a directory, and
 * not the directory itself, is unpacked alone, so that its plain one would hide that of the layers
 * below. Engines lay it over these.
 *
 * @param root a directory of ours that will lie over the image
 * @param layers bottom first
 */
export function restoreImplied(root: string, rootFs: RootFs, layers: readonly LayerEntries[]): void {
  for (const path of new Set(layers.slice(1).flatMap(impliedIn))) {
    const file = rootFs.lookUp(path);
    if (file?.type !== "directory" || file.path !== path) continue;
    const { mode, uid, gid } = file;
    if (mode !== PLAIN.mode || uid !== PLAIN.uid || gid !== PLAIN.gid) makeDirectory(root, rootFs, path);
  }
}

/** Directories in which a layer has something, and which it does not have itself. */
function impliedIn({ paths, kinds, kindOf }: LayerEntries): readonly string[] {
  const made = new Set(paths.filter((_, entry) => kinds[kindOf[entry] ?? 0]?.type === "directory"));
  const implied = new Set<string>();
  for (const path of paths) {
    for (let at = directoryOf(path); at !== "" && at !== "/" && !implied.has(at); at = directoryOf(at)) {
      if (!made.has(at)) implied.add(at);
    }
  }
  return [...implied];
}
