import type { LayerEntries } from "../../image/layer/entries.ts";
import type { RootFs } from "../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../image/tar/path.ts";
import { makeDirectory } from "./made-directories.ts";

/** Metadata of a folder created only for its content. */
const PLAIN = { mode: 0o755, uid: 0, gid: 0 };

/**
 * Restores modes and owners of folders that a layer's tar implies without an entry. Each layer is unpacked
 * separately, so these folders have default metadata, which would hide the metadata of lower layers; engines
 * merge them instead.
 *
 * @param root douane's folder that becomes the top layer
 * @param layers lowest first
 */
export function restoreImplied(root: string, rootFs: RootFs, layers: readonly LayerEntries[]): void {
  for (const path of new Set(layers.slice(1).flatMap(impliedIn))) {
    const file = rootFs.lookUp(path);
    if (file?.type !== "directory" || file.path !== path) continue;
    const { mode, uid, gid } = file;
    if (mode !== PLAIN.mode || uid !== PLAIN.uid || gid !== PLAIN.gid) makeDirectory(root, rootFs, path);
  }
}

/** Directories that a layer's paths imply, but for which the layer has no entry. */
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
