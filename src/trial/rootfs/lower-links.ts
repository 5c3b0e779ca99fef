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
import { directoryOf } from "../../image/rootfs/path.ts";
import { type RootFile, RootFs } from "../../image/rootfs/root-fs.ts";
import { diskPath } from "./disk-path.ts";
import { type LayerStore, NOTHING, type StoredLayer } from "./layer-store.ts";
import { makeDirectory } from "./made-directories.ts";
import { ownership } from "./ownership.ts";

/**
 * Some builders write a hard link to a file of a layer below. It depends on these layers, so it is
 * not kept: a copy stands in a layer of its own above the one that has the link.
 *
 * @param scratch gets the directories that belong to this image alone
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
  makeDirectory(root, rootFs, "/");
  for (const path of links) {
    const file = rootFs.lookUp(path);
    // Deleted or replaced by a later entry of the same layer.
    if (file?.place?.layer !== layers.length - 1 || file.place === file.source) continue;
    makeDirectory(root, rootFs, directoryOf(file.path));
    copy(file, sourceOf(file, layers), diskPath(root, file.path));
  }
}

/** Where the content stands on disk: under the name that its own layer gives it. */
function sourceOf({ source }: RootFile, layers: readonly StoredLayer[]): string | Buffer {
  const { entries, directory } = layers[source.layer] ?? { ...NOTHING, directory: "" };
  const name = entries.paths[source.entry] ?? "/";
  return diskPath(directory, new RootFs([entries], false).lookUp(name)?.path ?? name);
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
