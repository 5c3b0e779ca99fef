import { baseName } from "./base-name.ts";
import type { FileSelector } from "./file-selector.ts";
import type { FileHeader } from "./image-facts.ts";

/**
 * Finds selectors that match a file, by base name and extension first, since an image has a hundred thousand
 * files. Selectors with `paths` are excluded, since their paths select targets of links.
 */
export class SelectorIndex {
  readonly #byName = new Map<string, SelectorTest[]>();
  readonly #bySuffix = new Map<string, SelectorTest[]>();
  readonly #others: SelectorTest[] = [];

  constructor(selectors: readonly FileSelector[]) {
    for (const selector of selectors) {
      if (selector.paths !== undefined) continue;
      const test = new SelectorTest(selector);
      for (const name of selector.names ?? []) append(this.#byName, name, test);
      if (selector.names !== undefined) continue;
      for (const suffix of selector.suffixes ?? []) append(this.#bySuffix, extensionOf(suffix), test);
      if (selector.suffixes === undefined) this.#others.push(test);
    }
  }

  /** Selectors that match a file. @param name base name of the file */
  matching(file: FileHeader, name = baseName(file.path)): readonly FileSelector[] {
    const extension = extensionOf(name);
    let found = addMatching(NONE, this.#byName.get(name), file, name);
    found = addMatching(found, this.#bySuffix.get(extension), file, name);
    // A suffix without a dot may extend beyond the extension: "-prod" or "rc".
    if (extension !== "") found = addMatching(found, this.#bySuffix.get(""), file, name);
    return addMatching(found, this.#others, file, name);
  }
}

/** Shared empty result, since most files match nothing. */
const NONE: readonly FileSelector[] = [];

function addMatching(
  found: readonly FileSelector[],
  tests: readonly SelectorTest[] | undefined,
  file: FileHeader,
  name: string,
): readonly FileSelector[] {
  if (tests === undefined) return found;
  let all = found;
  for (const test of tests) if (test.passes(file, name)) all = [...all, test.selector];
  return all;
}

/** Whether the file satisfies every field except `paths`. */
export function isSelected(selector: FileSelector, file: FileHeader): boolean {
  return new SelectorTest(selector).passes(file, baseName(file.path));
}

/** A selector with all of its fields, whether given or not: objects of one shape are tested twice as fast. */
class SelectorTest {
  readonly selector: FileSelector;
  readonly #type: FileSelector["type"];
  readonly #anyMode: number | undefined;
  readonly #isCapable: boolean;
  readonly #names: readonly string[] | undefined;
  readonly #suffixes: readonly string[] | undefined;
  readonly #folders: readonly string[] | undefined;
  readonly #pattern: RegExp | undefined;
  readonly #isForPacked: boolean;

  constructor(selector: FileSelector) {
    this.selector = selector;
    this.#type = selector.type;
    this.#anyMode = selector.anyMode;
    this.#isCapable = selector.capability === true;
    this.#names = selector.names;
    this.#suffixes = selector.suffixes;
    this.#folders = selector.under?.map((folder) => (folder.endsWith("/") ? folder : `${folder}/`));
    this.#pattern = selector.pattern;
    this.#isForPacked = selector.packed === true;
  }

  passes({ path, type, mode, capability, packed }: FileHeader, name: string): boolean {
    if (packed === true && !this.#isForPacked) return false;
    if (this.#type !== undefined && this.#type !== type) return false;
    if (this.#anyMode !== undefined && (mode & this.#anyMode) === 0) return false;
    if (this.#isCapable && capability === undefined) return false;
    if (this.#names !== undefined && !this.#names.includes(name)) return false;
    if (this.#suffixes !== undefined && !endsInOne(name, this.#suffixes)) return false;
    if (this.#folders !== undefined && !beginsWithOne(path, this.#folders)) return false;
    return this.#pattern === undefined || matches(this.#pattern, path);
  }
}

function endsInOne(name: string, suffixes: readonly string[]): boolean {
  for (const suffix of suffixes) if (name.endsWith(suffix)) return true;
  return false;
}

function beginsWithOne(path: string, folders: readonly string[]): boolean {
  for (const folder of folders) if (path.startsWith(folder)) return true;
  return false;
}

/**
 * Whether a pattern matches; works also for a pattern with the flag g or y, which would keep its last
 * position.
 */
function matches(pattern: RegExp, path: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(path);
}

/** Extension from the last dot, the key for names and suffixes; "" for a name without an extension. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot === -1 ? "" : name.slice(dot);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
