import type { EntryKind, LayerEntries } from "../../../image/layer/entries.ts";
import type { RootFile, RootFs } from "../../../image/rootfs/root-fs.ts";
import type { LayerFacts } from "../facts/facts.ts";

/** A file of one layer, visible in the container or hidden. */
export interface LayerFile extends RootFile {
  readonly hidden?: true;
}

/**
 * Selected files of a layer that are hidden in the container, in the order of its tar. Whiteouts are left
 * out; hard links have the metadata of their target.
 */
export function hiddenFiles(
  { entries, files: { matched } }: Pick<LayerFacts, "entries" | "files">,
  layer: number,
  root: RootFs,
): readonly LayerFile[] {
  const links = new Map(entries.links);
  const capabilities = new Map(entries.capabilities);
  const sources = hardLinkSources(entries);
  const hidden: LayerFile[] = [];
  for (const entry of [...matched, ...sources.keys()].sort((a, b) => a - b)) {
    const place = { layer, entry };
    const source = sources.get(entry) ?? entry;
    const { type: entryType, mode, uid, gid } = kindOf(entries, source);
    const type = fileType(entryType);
    if (type === undefined || root.shows(place)) continue;
    const link = type === "symlink" ? links.get(source) : undefined;
    const capability = capabilities.get(source);
    hidden.push({
      path: entries.paths[entry] ?? "",
      layer,
      type,
      mode,
      uid,
      gid,
      size: entries.sizes[source] ?? 0,
      ...(link === undefined ? {} : { link }),
      ...(capability === undefined ? {} : { capability }),
      place,
      source: { layer, entry: source },
      hidden: true,
    });
  }
  return hidden;
}

/**
 * Hard links, each with the last entry before it at the target's path. A link whose target is not in this
 * layer has itself as source.
 */
function hardLinkSources(entries: LayerEntries): ReadonlyMap<number, number> {
  const targets = entries.links.filter(([entry]) => kindOf(entries, entry).type === "hardlink");
  const sources = new Map<number, number>();
  if (targets.length === 0) return sources;
  const links = new Map(targets);
  const isTarget = new Set(links.values());
  const named = new Map<string, number>();
  for (const [entry, path] of entries.paths.entries()) {
    const target = links.get(entry);
    if (target !== undefined) sources.set(entry, named.get(target) ?? entry);
    const source = sources.get(entry) ?? entry;
    if (isTarget.has(path) && fileType(kindOf(entries, source).type) !== undefined) named.set(path, source);
  }
  return sources;
}

function kindOf({ kinds, kindOf: indices }: LayerEntries, entry: number): EntryKind {
  return kinds[indices[entry] ?? 0] ?? NO_KIND;
}

const NO_KIND: EntryKind = { type: "whiteout", mode: 0, uid: 0, gid: 0 };

/** Type of a file. A hard link without a target in this layer names a file of a layer below. */
function fileType(type: EntryKind["type"]): RootFile["type"] | undefined {
  if (type === "whiteout" || type === "opaque") return undefined;
  return type === "hardlink" ? "file" : type;
}
