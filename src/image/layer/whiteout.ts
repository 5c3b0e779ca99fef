import { baseName } from "../../contract/base-name.ts";
import { quoted } from "../../contract/shown.ts";
import { corruptImage } from "../tar/corrupt-image.ts";
import { directoryOf } from "../tar/path.ts";

/** Deletion of a path in lower layers, or, if opaque, of all that lower layers have in the folder `path`. */
export interface Whiteout {
  readonly path: string;
  readonly type: "whiteout" | "opaque";
}

const PREFIX = ".wh.";

/**
 * Whiteout expressed by an entry's name, if any
 * (https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts). Metadata files of AUFS
 * (`.wh..wh.plnk`) are, as in containerd, whiteouts of names that do not exist, which create their directory.
 *
 * @param path absolute and normalised
 * @throws InvalidInputError layer-whiteout: the whiteout names no file
 */
export function whiteoutOf(path: string): Whiteout | undefined {
  if (!path.includes(`/${PREFIX}`)) return undefined;
  const name = baseName(path);
  if (name === ".wh..wh..opq") return { path: directoryOf(path) || "/", type: "opaque" };
  if (!name.startsWith(PREFIX)) return undefined;
  const deleted = name.slice(PREFIX.length);
  if (deleted !== "" && deleted !== "." && deleted !== "..") {
    return { path: `${directoryOf(path)}/${deleted}`, type: "whiteout" };
  }
  throw corruptImage("layer-whiteout", {
    fr: `marqueur de suppression sans nom de fichier dans la couche : ${quoted(path)}`,
    en: `whiteout without a file name in the layer: ${quoted(path)}`,
  });
}
