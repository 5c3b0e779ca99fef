import { closeSync, constants, lstatSync, openSync } from "node:fs";
import type { RootFile } from "../../image/rootfs/root-fs.ts";
import { readFully } from "../../image/store/read-range.ts";
import { diskPath } from "./disk-path.ts";
import type { UnpackedLayers } from "./unpack-layers.ts";

/**
 * Beginning of a file of the image, with links followed within the image; undefined if the file does not
 * exist.
 */
export function readImageFile(
  { rootFs, layers }: Pick<UnpackedLayers, "rootFs" | "layers">,
  path: string,
  maxBytes: number,
): Uint8Array | undefined {
  const file = rootFs.resolve(path);
  if (file?.type !== "file" || file.place === undefined) return undefined;
  const fd = openSync(placeOf(file, file.place.layer, layers), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = new Uint8Array(Math.min(file.size, maxBytes));
    return bytes.subarray(0, readFully(fd, bytes, 0));
  } finally {
    closeSync(fd);
  }
}

/**
 * Path of a file's content: in its own layer, or, for links to lower layers, in the additional layer with
 * copies.
 */
function placeOf({ path }: RootFile, layer: number, layers: readonly string[]): string | Buffer {
  const own = diskPath(layers[layer] ?? "", path);
  const exists = lstatSync(own, { throwIfNoEntry: false }) !== undefined;
  return exists ? own : diskPath(layers[layer + 1] ?? "", path);
}
