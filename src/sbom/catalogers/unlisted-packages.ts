// Folders of packages whose lists are not in the same layer: their content was copied without its list, or
// the list was removed.

import { baseName } from "../../contract/base-name.ts";

/** Folder of packages that no list names, with the first file that proves it. */
export interface UnlistedFolder {
  /** Name of the form, like a cataloger's. */
  readonly name: string;
  /** Number of the file's entry in the layer. */
  readonly entry: number;
}

/** Layout of packages in a folder: files that every package has, and files that list the packages. */
interface Layout {
  readonly name: string;
  readonly packages: RegExp;
  readonly lists: RegExp;
}

/**
 * Layouts of package folders. Python's
 * (https://packaging.python.org/en/latest/specifications/recording-installed-packages/), outside the folders
 * of distributions, which list some of their Python packages only in their own database; Composer's.
 */
const LAYOUTS: readonly Layout[] = [
  {
    name: "python-unlisted",
    packages: /^(?!\/usr\/lib(?:64)?\/python)(.{1,4000}?\/site-packages\/)[^/]{1,255}\/__init__\.pyc?$/,
    lists:
      /^(.{1,4000}?\/site-packages\/)[^/]{1,255}\.(?:dist-info\/METADATA|egg-info\/PKG-INFO|egg-info|egg\/EGG-INFO\/PKG-INFO)$/,
  },
  {
    name: "composer-unlisted",
    packages: /^(.{1,4000}?\/vendor\/)composer\/autoload_real\.php$/,
    lists: /^(.{1,4000}?\/vendor\/)composer\/installed\.(?:json|php)$/,
  },
];

/** Last parts of all matching paths, as a quick filter: most files of an image are excluded by their name. */
const NAMES: ReadonlySet<string> = new Set([
  "__init__.py",
  "__init__.pyc",
  "METADATA",
  "PKG-INFO",
  "autoload_real.php",
  "installed.json",
  "installed.php",
]);

/** Detects the folders from the files of one layer, one after another. */
export class UnlistedPackages {
  /** By layout: the first file of packages in each folder. */
  readonly #folders = LAYOUTS.map(() => new Map<string, number>());
  readonly #listed = LAYOUTS.map(() => new Set<string>());

  /** @param entry number of the file in the layer */
  see(entry: number, path: string): void {
    const name = baseName(path);
    if (!NAMES.has(name) && !name.endsWith(".egg-info")) return;
    for (const [at, { packages, lists }] of LAYOUTS.entries()) {
      const listed = lists.exec(path)?.[1];
      if (listed !== undefined) this.#listed[at]?.add(listed);
      const folder = packages.exec(path)?.[1];
      const known = this.#folders[at];
      if (folder !== undefined && known !== undefined && !known.has(folder)) known.set(folder, entry);
    }
  }

  unlisted(): readonly UnlistedFolder[] {
    return LAYOUTS.flatMap(({ name }, at) =>
      [...(this.#folders[at] ?? [])]
        .filter(([folder]) => this.#listed[at]?.has(folder) !== true)
        .map(([, entry]) => ({ name, entry })),
    );
  }
}
