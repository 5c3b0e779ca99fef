import { baseName } from "../../contract/base-name.ts";
import type { Cataloger, PackageReader } from "../cataloger/cataloger.ts";
import type { FileList } from "../file-lists/file-list.ts";
import { FILE_LISTS, fileListOf } from "../file-lists/list.ts";
import { CATALOGERS } from "./list.ts";
import { OF_SYSTEMS, PACKED_CATALOGERS } from "./packed-list.ts";
import { RELEASE_FILES } from "./runtimes/release-files.ts";
import { UnlistedPackages } from "./unlisted-packages.ts";
import { type UnreadForm, unreadForm } from "./unread-forms.ts";

/** Catalogers of both lists, each once. */
export const ALL_CATALOGERS: readonly Cataloger[] = [...new Set([...CATALOGERS, ...PACKED_CATALOGERS])];

/** Readers of packages, and of their files, by path. */
export const READERS_BY_PATH: readonly PackageReader[] = [...ALL_CATALOGERS, ...FILE_LISTS];

/**
 * Whether a cataloger reads files of runtimes that distributions package, too.
 *
 * @param cataloger name of a cataloger
 */
export function isReleaseFile(cataloger: string): boolean {
  return RELEASE_FILES.some(({ name }) => name === cataloger);
}

/** Finds the cataloger of a file, by the file's name first, since an image has a hundred thousand files. */
export class CatalogerIndex {
  readonly #byName = new Map<string, Cataloger[]>();
  /** Catalogers without fixed file names. */
  readonly #others: readonly Cataloger[];

  constructor(catalogers: readonly Cataloger[] = CATALOGERS) {
    this.#others = catalogers.filter(({ names }) => names.length === 0);
    for (const cataloger of catalogers) {
      for (const name of cataloger.names) {
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), cataloger]);
      }
    }
  }

  /** Index of catalogers for files inside archives. */
  static ofArchives(): CatalogerIndex {
    return new CatalogerIndex(PACKED_CATALOGERS);
  }

  /**
   * Whether a list inside an archive belongs to another system than the image's, so that the list is named
   * but not read.
   */
  static isOfSystem({ name }: Cataloger): boolean {
    return OF_SYSTEMS.has(name);
  }

  /** Detector of folders with packages but without a package list, for the files of one layer. */
  static unlisted(): UnlistedPackages {
    return new UnlistedPackages();
  }

  /** Form of packages for a path that belongs to packages without a cataloger; undefined for other paths. */
  unread(path: string): UnreadForm | undefined {
    return unreadForm(path);
  }

  /** List of installed files at a path, as distinct from package lists; undefined for other paths. */
  fileList(path: string): FileList | undefined {
    return fileListOf(path);
  }

  /**
   * Cataloger of a file; undefined if none reads it.
   *
   * @param path path of the file in its layer
   */
  of(path: string): Cataloger | undefined {
    const name = baseName(path);
    return (
      this.#find(this.#byName.get(name), path) ??
      this.#find(this.#byName.get(name.slice(name.lastIndexOf("."))), path) ??
      this.#find(this.#others, path)
    );
  }

  #find(catalogers: readonly Cataloger[] | undefined, path: string): Cataloger | undefined {
    return catalogers?.find((cataloger) => cataloger.reads(path));
  }
}
