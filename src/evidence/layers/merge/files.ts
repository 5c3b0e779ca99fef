import { inDocumentTime } from "../../../contract/document-time.ts";
import { FileSelection } from "../../../contract/file-selection.ts";
import type { FileSelector } from "../../../contract/file-selector.ts";
import { firstBytes } from "../../../contract/first-bytes.ts";
import type { FileFacts, FileHeader } from "../../../contract/image-facts.ts";
import { bytesAskedFor, readersAskedFor } from "../../../contract/restrict-files.ts";
import type { SettingsReader } from "../../../contract/settings-reader.ts";
import type { EntryPlace } from "../../../image/rootfs/node.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import type { LayerFacts, PackedMember } from "../facts/facts.ts";
import type { Contents } from "./contents.ts";
import { hiddenFiles, type LayerFile } from "./layer-files.ts";

/** Layers of an image as read, and their merged root. */
export interface ImageFiles {
  /** Facts of the layers, bottom first. */
  readonly layers: readonly LayerFacts[];
  readonly root: RootFs;
  readonly contents: Contents;
}

/** A selected file before its readers have read it. */
export interface SelectedFile {
  readonly facts: FileFacts;
  /** Readers that rules request, each with its text; undefined if there is none. */
  readonly texts: readonly (readonly [reader: SettingsReader, text: string | undefined])[];
  /** Whether a selector without a reader matches: the file is evidence, whatever readers find. */
  readonly isKept: boolean;
}

/**
 * Facts of selected files: those that a selector without a reader matches, and those in which a reader is interested.
 *
 * @throws InvalidInputError `document-time-limit`
 */
export function readSelected(selected: readonly SelectedFile[]): readonly FileFacts[] {
  let characters = 0;
  for (const { texts } of selected) for (const [, text = ""] of texts) characters += text.length;
  return inDocumentTime(characters, () => selected.flatMap(readOne));
}

function readOne({ facts, texts, isKept }: SelectedFile): readonly FileFacts[] {
  const found = texts.flatMap(([reader, text]) => {
    const settings = reader.read(facts.path, text);
    return settings === undefined ? [] : [[reader.name, settings] as const];
  });
  if (found.length > 0) return [{ ...facts, settings: Object.fromEntries(found) }];
  return isKept ? [facts] : [];
}

/**
 * Files selected by rules, sorted by path, then by layer, each once. A file selected by `paths` has the
 * requested path, with metadata and content of its link's target. FileSelection defines the selectors'
 * meaning; layers only provide candidates.
 */
export function selectFiles(
  { layers, root, contents }: ImageFiles,
  selectors: readonly FileSelector[],
): readonly SelectedFile[] {
  const selection = new FileSelection(selectors);
  const found = new Found(selection, contents);
  for (const path of selection.paths) {
    const file = root.resolve(path);
    if (file !== undefined) found.add(file, path);
  }
  const candidates = layers.map(candidatesOf);
  const isCandidate = ({ layer, entry }: EntryPlace) => candidates[layer]?.has(entry) === true;
  const choose = (file: FileHeader) => selection.index.matching(file).length > 0 || undefined;
  for (const { file } of root.select(choose, isCandidate)) found.add(file);
  for (const [layer, facts] of layers.entries()) {
    for (const member of facts.secrets.packed.members) {
      const place = { layer, entry: member.entry };
      const hidden = root.showsContent(place) ? {} : { hidden: true as const };
      found.addMember(member, { path: facts.entries.paths[member.entry] ?? "", layer, ...hidden });
    }
  }
  if (!selectors.some(({ scope }) => scope === "layers")) return found.sorted();
  for (const [index, layer] of layers.entries()) {
    for (const file of hiddenFiles(layer, index, root)) found.add(file);
  }
  return found.sorted();
}

/**
 * Candidates of a layer: entries that matched while the layer was read, and hard links, which have another
 * file's metadata.
 */
function candidatesOf({ files: { matched }, entries }: LayerFacts): ReadonlySet<number> {
  return new Set([...matched, ...entries.links.map(([entry]) => entry)]);
}

/** Collects selected files from root and layers, each once. */
class Found {
  readonly #selection: FileSelection;
  readonly #contents: Contents;
  readonly #files = new Map<string, SelectedFile>();

  constructor(selection: FileSelection, contents: Contents) {
    this.#selection = selection;
    this.#contents = contents;
  }

  /** @param askedFor the requested path, if different from the file's own */
  add(file: LayerFile, askedFor = file.path): void {
    const facts = factsOf(file, askedFor);
    // A tar may contain a path twice: two hidden entries both count.
    const entry = file.hidden === undefined ? undefined : file.place?.entry;
    const key = JSON.stringify([facts.path, facts.layer, facts.realPath, entry]);
    if (this.#files.has(key)) return;
    const asking = this.#selection.selectorsOf(facts);
    if (asking.length === 0) return;
    this.#files.set(key, {
      facts: { ...facts, ...this.#contentOf(file, bytesAskedFor(asking)) },
      texts: [...readersAskedFor(asking)].map(([reader, bytes]) => [
        reader,
        this.#contents.of(file, bytes)?.text,
      ]),
      isKept: asking.some(({ reader }) => reader === undefined),
    });
  }

  /** @param archive the archive that contains the member */
  addMember(member: PackedMember, archive: Pick<FileFacts, "path" | "layer" | "hidden">): void {
    const { inside, size, text, cutAt } = member;
    const path = `${archive.path}!/${inside}`;
    const owner = { type: "file", mode: 0o644, uid: 0, gid: 0 } as const;
    const facts: FileFacts = { ...archive, ...owner, path, size, packed: true };
    const asking = this.#selection.selectorsOf(facts);
    if (asking.length === 0) return;
    const bytes = bytesAskedFor(asking);
    const isCut = size > bytes || cutAt !== undefined;
    const content = bytes === 0 || text === undefined ? {} : { content: firstBytes(text, bytes) };
    const key = JSON.stringify([path, facts.layer, member.entry]);
    this.#files.set(key, {
      facts: { ...facts, ...content, ...(isCut && bytes > 0 ? { truncated: true } : {}) },
      texts: [...readersAskedFor(asking)].map(([reader, most]) => [
        reader,
        text === undefined ? undefined : firstBytes(text, most),
      ]),
      isKept: asking.some(({ reader }) => reader === undefined),
    });
  }

  sorted(): readonly SelectedFile[] {
    return [...this.#files.values()].sort(
      ({ facts: a }, { facts: b }) => compare(a.path, b.path) || a.layer - b.layer,
    );
  }

  #contentOf(file: LayerFile, bytes: number): Pick<FileFacts, "content" | "truncated"> {
    const content = bytes === 0 ? undefined : this.#contents.of(file, bytes);
    if (content === undefined) return {};
    return content.isCut ? { content: content.text, truncated: true } : { content: content.text };
  }
}

function factsOf(file: LayerFile, path: string): FileFacts {
  const { layer, type, mode, uid, gid, size, link, capability, place, hidden } = file;
  return {
    path,
    ...(path === file.path ? {} : { realPath: file.path }),
    layer,
    type,
    mode,
    uid,
    gid,
    size,
    ...(link === undefined ? {} : { link }),
    ...(capability === undefined ? {} : { capability }),
    ...(place === undefined ? { implicit: true } : {}),
    ...(hidden === undefined ? {} : { hidden }),
  };
}

/** Compares by UTF-16 code units, independent of the locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
