import type { EntryKind, LayerEntries } from "../../image/layer/entries.ts";
import type { FileHeader, RootFile, RootFs, Selected } from "../../image/rootfs/root-fs.ts";

/** A file of one layer, whether or not a container sees it. */
export interface LayerFile extends RootFile {
  readonly hidden?: true;
}

/**
 * The files of a layer that `choose` gives something for, in the order of its tar. Deletions are
 * none; hard links show what they name.
 */
export function selectInLayer<T>(
  entries: LayerEntries,
  layer: number,
  root: RootFs,
  choose: (file: FileHeader) => T | undefined,
): readonly (Selected<T> & { readonly file: LayerFile })[] {
  const links = new Map(entries.links);
  const capabilities = new Map(entries.capabilities);
  const targets = hardLinkTargets(entries);
  const named = new Map<string, number>();
  const selected: (Selected<T> & { readonly file: LayerFile })[] = [];
  for (const [entry, path] of entries.paths.entries()) {
    const source =
      kindOf(entries, entry).type === "hardlink" ? (named.get(links.get(entry) ?? "") ?? entry) : entry;
    const kind = kindOf(entries, source);
    const type = fileType(kind.type);
    if (type === undefined) continue;
    if (targets.has(path)) named.set(path, source);
    const capability = capabilities.get(source);
    const chosen = choose({ path, type, mode: kind.mode, capability });
    if (chosen === undefined) continue;
    const { mode, uid, gid } = kind;
    const link = type === "symlink" ? links.get(source) : undefined;
    const place = { layer, entry };
    const file: LayerFile = {
      path,
      type,
      mode,
      uid,
      gid,
      size: entries.sizes[source] ?? 0,
      ...(link === undefined ? {} : { link }),
      ...(capability === undefined ? {} : { capability }),
      place,
      source: { layer, entry: source },
      ...(root.shows(place) ? {} : { hidden: true }),
    };
    selected.push({ file, chosen });
  }
  return selected;
}

function hardLinkTargets(entries: LayerEntries): ReadonlySet<string> {
  const links = entries.links.filter(([entry]) => kindOf(entries, entry).type === "hardlink");
  return new Set(links.map(([, target]) => target));
}

function kindOf({ kinds, kindOf: indices }: LayerEntries, entry: number): EntryKind {
  return kinds[indices[entry] ?? 0] ?? NO_KIND;
}

const NO_KIND: EntryKind = { type: "whiteout", mode: 0, uid: 0, gid: 0 };

/** A hard link that is still one here names a file of a layer below. */
function fileType(type: EntryKind["type"]): RootFile["type"] | undefined {
  if (type === "whiteout" || type === "opaque") return undefined;
  return type === "hardlink" ? "file" : type;
}
