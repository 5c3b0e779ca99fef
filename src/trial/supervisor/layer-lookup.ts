import { lstatSync, type Stats } from "node:fs";
import { diskPath } from "../rootfs/disk-path.ts";

/**
 * Size of the image's file at this path; undefined if there is none. The layers are given highest first.
 * Links in the path are not followed, since overlayfs copies up no file through a link.
 */
export function sizeInLayers(layers: readonly string[], path: string): number | undefined {
  for (const layer of layers) {
    const found = inLayer(layer, path);
    if (found !== "unknown") return found === "hidden" ? undefined : found.size;
  }
  return undefined;
}

function inLayer(layer: string, path: string): Stats | "hidden" | "unknown" {
  let found: Stats | "unknown" = "unknown";
  const names = path.split("/").filter((name) => name !== "");
  // The path of the layer's folder is itself a link made by the trial.
  let at = `${layer}/.`;
  for (const [index, name] of names.entries()) {
    at = `${at}/${name}`;
    const stat = lstat(at);
    if (stat === undefined) return "unknown";
    if (stat.isCharacterDevice() && stat.rdev === 0) return "hidden";
    if (index < names.length - 1 && !stat.isDirectory()) return "hidden";
    found = stat;
  }
  return found;
}

function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(diskPath(path, "/"));
  } catch {
    return undefined;
  }
}
