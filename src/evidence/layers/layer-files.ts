import type { LayerEntries } from "../../image/layer/entries.ts";
import type { RootFile } from "../../image/rootfs/root-fs.ts";
import type { VisibleEntries } from "./visible-entries.ts";

/** A file of one layer, whether or not a container sees it. */
export interface LayerFile extends RootFile {
  readonly hidden?: true;
}

/** Every file of a layer, in the order of its tar; deletions are none. Hard links show what they name. */
export function* layerFiles(
  entries: LayerEntries,
  layer: number,
  visible: VisibleEntries,
): Generator<LayerFile> {
  const links = new Map(entries.links);
  const capabilities = new Map(entries.capabilities);
  const named = new Map<string, number>();
  for (const [entry, path] of entries.paths.entries()) {
    const kind = entries.kinds[entries.kindOf[entry] ?? 0];
    if (kind === undefined || kind.type === "whiteout" || kind.type === "opaque") continue;
    const isHardLink = kind.type === "hardlink";
    const source = isHardLink ? (named.get(links.get(entry) ?? "") ?? entry) : entry;
    const meant = isHardLink ? entries.kinds[entries.kindOf[source] ?? 0] : kind;
    named.set(path, source);
    const link = links.get(source);
    const capability = capabilities.get(source);
    const type = meant?.type ?? "file";
    yield {
      path,
      // A hard link whose file lies in a layer below.
      type: type === "hardlink" || type === "whiteout" || type === "opaque" ? "file" : type,
      mode: meant?.mode ?? kind.mode,
      uid: meant?.uid ?? kind.uid,
      gid: meant?.gid ?? kind.gid,
      size: entries.sizes[source] ?? 0,
      ...(type === "symlink" && link !== undefined ? { link } : {}),
      ...(capability === undefined ? {} : { capability }),
      place: { layer, entry },
      source: { layer, entry: source },
      ...(visible.has(layer, entry) ? {} : { hidden: true }),
    };
  }
}
