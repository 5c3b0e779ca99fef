import { plainName } from "./plain-name.ts";

/** Texts of files and entries of folders, by name. */
export interface Entries extends ReadonlyMap<string, string | Entries> {}

/** Maximum depth of folders; deeper folders are merged. */
const DEPTH = 16;

/** A folder to be written: files of a container under safe names that are distinct on every file system. */
export class FolderDraft {
  readonly #entries = new Map<string, string | Entries>();
  /** Subfolders by the container's own names. */
  readonly #folders = new Map<string, { readonly name: string; readonly draft: FolderDraft }>();
  readonly #taken = new Set<string>();

  get entries(): Entries {
    return this.#entries;
  }

  /**
   * Adds a file and returns its path in this folder.
   *
   * @param path path in the container: any text
   */
  add(path: string, text: string): string {
    const names = path.split("/").filter((name) => name !== "");
    const folders = names.slice(0, DEPTH);
    const name = [folders.pop() ?? "", ...names.slice(DEPTH)].join("/");
    return this.#add(folders, name, text);
  }

  #add([first, ...folders]: readonly string[], name: string, text: string): string {
    if (first === undefined) {
      const own = this.#take(name);
      this.#entries.set(own, text);
      return own;
    }
    const folder = this.#folders.get(first) ?? this.#make(first);
    return `${folder.name}/${folder.draft.#add(folders, name, text)}`;
  }

  #make(called: string): { readonly name: string; readonly draft: FolderDraft } {
    const folder = { name: this.#take(called), draft: new FolderDraft() };
    this.#folders.set(called, folder);
    this.#entries.set(folder.name, folder.draft.entries);
    return folder;
  }

  /**
   * Unused name for an entry. Names that differ only in case, or in Unicode's form of an accent, are equal to
   * some file systems.
   */
  #take(called: string): string {
    const plain = plainName(called);
    for (let number = 1; ; number++) {
      const name = number === 1 ? plain : `${plain}~${number}`;
      const folded = name.normalize("NFKC").toLowerCase();
      if (this.#taken.has(folded)) continue;
      this.#taken.add(folded);
      return name;
    }
  }
}
