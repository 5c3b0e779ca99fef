import type { FileSelector } from "../contract/file-selector.ts";
import type { FileFacts, FileHeader } from "../contract/image-facts.ts";
import { isSelected, SelectorIndex } from "../contract/selector-index.ts";
import type { EntryPlace } from "../image/rootfs/node.ts";
import type { RootFs } from "../image/rootfs/root-fs.ts";
import type { LayerFacts } from "./layers/facts.ts";
import type { Contents } from "./layers/merge/contents.ts";
import { type LayerFile, selectInLayer } from "./layers/merge/layer-files.ts";

/** An image's layers as read, and what they make together. */
export interface ImageFiles {
  /** Bottom first. */
  readonly layers: readonly LayerFacts[];
  readonly root: RootFs;
  readonly contents: Contents;
}

/**
 * The files that selectors ask for, sorted by path, then layer, each once. A file that is asked for
 * by `paths` appears under the path asked for, with metadata and content of what it leads to.
 */
export function selectFiles(
  { layers, root, contents }: ImageFiles,
  selectors: readonly FileSelector[],
): readonly FileFacts[] {
  const found = new Found(contents);
  const inRoot = selectors.filter(({ scope = "root" }) => scope === "root");
  for (const selector of inRoot) {
    for (const path of selector.paths ?? []) {
      const file = root.resolve(path);
      if (file !== undefined && isSelected(selector, file)) found.add({ ...file, path }, [selector]);
    }
  }
  const candidates = layers.map(candidatesOf);
  const isCandidate = ({ layer, entry }: EntryPlace) => candidates[layer]?.has(entry) === true;
  for (const { file, chosen } of root.select(choosing(inRoot), isCandidate)) found.add(file, chosen);
  const inLayers = selectors.filter(({ scope }) => scope === "layers");
  if (inLayers.length === 0) return found.sorted();
  const choose = choosing(inLayers);
  for (const [index, layer] of layers.entries()) {
    for (const { file, chosen } of selectInLayer(layer, index, root, choose)) {
      found.add(file, chosen);
    }
  }
  return found.sorted();
}

/** What the thread that read the layer saw a selector match, and hard links: these show another file's metadata. */
function candidatesOf({ matched, entries }: LayerFacts): ReadonlySet<number> {
  return new Set([...matched, ...entries.links.map(([entry]) => entry)]);
}

/** The selectors that match a file; undefined for none. */
function choosing(selectors: readonly FileSelector[]) {
  const index = new SelectorIndex(selectors);
  return (file: FileHeader): readonly FileSelector[] | undefined => {
    const matching = index.matching(file);
    return matching.length === 0 ? undefined : matching;
  };
}

interface FoundFile {
  readonly facts: FileFacts;
  /** Of its content that were asked for. */
  readonly bytes: number;
}

class Found {
  readonly #contents: Contents;
  readonly #files = new Map<string, FoundFile>();

  constructor(contents: Contents) {
    this.#contents = contents;
  }

  add(file: LayerFile, selectors: readonly FileSelector[]): void {
    const key = `${file.layer}\0${file.path}`;
    const before = this.#files.get(key);
    const asked = Math.max(...selectors.map(({ content = 0 }) => content));
    const bytes = Math.max(asked, before?.bytes ?? 0);
    // A tar may hold a path twice: the later entry is the one that counts.
    const isLater = before?.facts.hidden === true;
    if (before !== undefined && !isLater && bytes === before.bytes) return;
    this.#files.set(key, { facts: this.#factsOf(file, bytes), bytes });
  }

  sorted(): readonly FileFacts[] {
    const files = [...this.#files.values()].map(({ facts }) => facts);
    return files.sort((a, b) => compare(a.path, b.path) || a.layer - b.layer);
  }

  #factsOf(file: LayerFile, bytes: number): FileFacts {
    const { path, layer, type, mode, uid, gid, size, link, capability, hidden } = file;
    const content = bytes === 0 ? undefined : this.#contents.of(file, bytes);
    return {
      path,
      layer,
      type,
      mode,
      uid,
      gid,
      size,
      ...(link === undefined ? {} : { link }),
      ...(capability === undefined ? {} : { capability }),
      ...(hidden === undefined ? {} : { hidden }),
      ...(content === undefined ? {} : { content: content.text }),
      ...(content?.isCut === true ? { truncated: true } : {}),
    };
  }
}

/** By UTF-16 code units: the same everywhere. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
