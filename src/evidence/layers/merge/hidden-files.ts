import type { HidingFacts } from "../../../contract/package-facts.ts";
import type { EntryKind, LayerEntries } from "../../../image/layer/entries.ts";
import { directoryOf } from "../../../image/tar/path.ts";

type Whiteout = HidingFacts["by"];

/** A file of a layer that is hidden in the container. */
export interface HiddenFile {
  readonly path: string;
  readonly layer: number;
  readonly entry: number;
}

/** The later entry that hides each of these files, in the same or a later layer. */
export function whiteoutsOf(
  layers: readonly LayerEntries[],
  files: readonly HiddenFile[],
): readonly Whiteout[] {
  const relevant = new Set(files.flatMap(({ path }) => [path, ...foldersOf(path)]));
  const changes = layers.map((entries) => changesOf(entries, relevant));
  return files.map((file) => whiteoutOf(file, changes));
}

interface Change {
  readonly type: EntryKind["type"];
  readonly entry: number;
}

/** Changes of a layer at these paths: the last entry of each path, and whether the entry empties a folder. */
interface LayerChanges {
  readonly last: ReadonlyMap<string, Change>;
  readonly emptied: ReadonlySet<string>;
}

function changesOf({ paths, kinds, kindOf }: LayerEntries, relevant: ReadonlySet<string>): LayerChanges {
  const last = new Map<string, Change>();
  const emptied = new Set<string>();
  for (const [entry, path] of paths.entries()) {
    if (!relevant.has(path)) continue;
    const type = kinds[kindOf[entry] ?? 0]?.type ?? "file";
    if (type === "opaque") emptied.add(path);
    else last.set(path, { type, entry });
  }
  return { last, emptied };
}

function whiteoutOf({ path, layer, entry }: HiddenFile, changes: readonly LayerChanges[]): Whiteout {
  const folders = foldersOf(path);
  for (const [index, { last, emptied }] of changes.entries()) {
    if (index < layer) continue;
    const own = last.get(path);
    if (own !== undefined && (index > layer || own.entry > entry))
      return { layer: index, way: wayOf(own.type) };
    if (index === layer) continue;
    const isGone = folders.some((folder) => {
      const type = last.get(folder)?.type;
      return emptied.has(folder) || (type !== undefined && type !== "directory");
    });
    if (isGone) return { layer: index, way: "directory" };
  }
  // A link in some layer now leads elsewhere.
  return { layer: changes.length - 1, way: "linked" };
}

function wayOf(type: EntryKind["type"]): Whiteout["way"] {
  if (type === "whiteout") return "deleted";
  return type === "symlink" || type === "hardlink" ? "linked" : "replaced";
}

function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = directoryOf(path); folder.length > 1; folder = directoryOf(folder)) folders.push(folder);
  return folders;
}
