import type { FileSelector } from "../../contract/file-selector.ts";
import { baseName } from "../../image/rootfs/path.ts";
import type { FileHeader } from "../../image/rootfs/root-fs.ts";

/**
 * Finds which selectors match a file, by base name and ending first: an image has a hundred
 * thousand files. Selectors with `paths` are not found here, since a path means what it leads to.
 */
export class SelectorIndex {
  readonly #byName = new Map<string, FileSelector[]>();
  readonly #bySuffix = new Map<string, FileSelector[]>();
  readonly #others: FileSelector[] = [];

  constructor(selectors: readonly FileSelector[]) {
    for (const selector of selectors) {
      if (selector.paths !== undefined) continue;
      for (const name of selector.names ?? []) append(this.#byName, name, selector);
      if (selector.names !== undefined) continue;
      for (const suffix of selector.suffixes ?? []) append(this.#bySuffix, extensionOf(suffix), selector);
      if (selector.suffixes === undefined) this.#others.push(selector);
    }
  }

  matching(file: FileHeader): readonly FileSelector[] {
    const name = baseName(file.path);
    const extension = extensionOf(name);
    const found: FileSelector[] = [];
    addSelected(found, this.#byName.get(name), file, name);
    addSelected(found, this.#bySuffix.get(extension), file, name);
    // An ending without a dot can cross the extension: "-prod" or "rc".
    if (extension !== "") addSelected(found, this.#bySuffix.get(""), file, name);
    addSelected(found, this.#others, file, name);
    return found.length === 0 ? NONE : found;
  }
}

/** Most files match nothing: no array for each of them. */
const NONE: readonly FileSelector[] = [];

function addSelected(
  found: FileSelector[],
  candidates: readonly FileSelector[] | undefined,
  file: FileHeader,
  name: string,
): void {
  if (candidates === undefined) return;
  for (const selector of candidates) if (isSelected(selector, file, name)) found.push(selector);
}

/** Whether the file satisfies every field but `paths`. @param name its base name */
export function isSelected(
  selector: FileSelector,
  { path, type, mode, capability }: FileHeader,
  name = baseName(path),
): boolean {
  if (selector.type !== undefined && selector.type !== type) return false;
  if (selector.anyMode !== undefined && (mode & selector.anyMode) === 0) return false;
  if (selector.capability === true && capability === undefined) return false;
  if (selector.names !== undefined && !selector.names.includes(name)) return false;
  if (selector.suffixes?.some((suffix) => name.endsWith(suffix)) === false) return false;
  if (selector.under?.some((folder) => liesUnder(path, folder)) === false) return false;
  return selector.pattern === undefined || matches(selector.pattern, path);
}

function liesUnder(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Also right for a pattern with the flag g or y, which remembers where it stopped. */
function matches(pattern: RegExp, path: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(path);
}

/** From the last dot: what a name and any ending of it with a dot have in common; "" without one. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot === -1 ? "" : name.slice(dot);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
