import {
  chmodSync,
  constants,
  copyFileSync,
  lchownSync,
  lstatSync,
  lutimesSync,
  readlinkSync,
  symlinkSync,
} from "node:fs";
import { type RootFile, RootFs } from "../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../image/tar/path.ts";
import { diskPath } from "./disk-path.ts";
import { type LayerStore, NOTHING, type StoredLayer } from "./layer-store.ts";
import { makeDirectory } from "./made-directories.ts";
import { ownership } from "./user-namespace-ids.ts";

/**
 * Creates hard links to files of lower layers, which some builders write. The links depend on the other
 * layers and are not cached: a copy is made in an additional layer above the link's layer.
 *
 * @param scratch receives folders of this image only
 */
export async function layLowerLinks(
  stored: readonly StoredLayer[],
  store: LayerStore,
  scratch: string[],
): Promise<StoredLayer[]> {
  const layers: StoredLayer[] = [];
  for (const layer of stored) {
    layers.push(layer);
    if (layer.lowerLinks.length === 0) continue;
    const folder = await store.scratch();
    scratch.push(folder);
    copyLinked(layers, layer.lowerLinks, `${folder}/fs`);
    layers.push({ ...NOTHING, directory: `${folder}/fs` });
  }
  return layers;
}

function copyLinked(layers: readonly StoredLayer[], links: readonly string[], root: string): void {
  const rootFs = new RootFs(layers.map(({ entries }) => entries));
  const latest = layers.length - 1;
  const contents = new Map<number, ReadonlyMap<number, string | Buffer>>();
  const copied = new Set<string>();
  makeDirectory(root, rootFs, "/");
  for (const path of links) {
    const file = rootFs.lookUp(path);
    // The link was deleted or replaced by a later entry of the same layer, or was already copied.
    if (file?.place?.layer !== latest || file.source.layer === latest || copied.has(file.path)) continue;
    copied.add(file.path);
    const { layer, entry } = file.source;
    const inLayer = contents.get(layer) ?? contentsOf(layers[layer] ?? { ...NOTHING, directory: "" });
    contents.set(layer, inLayer);
    const from = inLayer.get(entry);
    if (from === undefined) continue;
    makeDirectory(root, rootFs, directoryOf(file.path));
    copy(file, from, diskPath(root, file.path));
  }
}

/** Path of each entry's content on disk, since another entry may have replaced its name. */
function contentsOf({ entries, directory }: StoredLayer): ReadonlyMap<number, string | Buffer> {
  const files = new RootFs([entries], false).select(() => true);
  return new Map(files.map(({ file: { source, path } }) => [source.entry, diskPath(directory, path)]));
}

function copy(file: RootFile, from: string | Buffer, to: string | Buffer): void {
  const stat = lstatSync(from);
  if (stat.isSymbolicLink()) symlinkSync(readlinkSync(from, "buffer"), to);
  else if (stat.isFile()) copyFileSync(from, to, constants.COPYFILE_EXCL);
  else return;
  ownership().apply(file, (uid, gid) => lchownSync(to, uid, gid));
  if (stat.isFile()) chmodSync(to, file.mode);
  lutimesSync(to, stat.atime, stat.mtime);
}
