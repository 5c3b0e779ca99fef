import { baseName } from "../../../contract/base-name.ts";
import { isDistributions } from "../../../contract/distribution-packages.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../../image/tar/path.ts";
import { ownerName } from "../../../sbom/file-lists/file-list.ts";
import type { LayerFacts, PackageList } from "../facts/facts.ts";
import { PackageEvidence, type Shows } from "./package-evidence.ts";

type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];

/** A package list in its layer. */
export interface LayerList {
  readonly list: PackageList;
  readonly layer: number;
  readonly path: string;
}

/**
 * Packages in lists that are hidden in the container, if the packages' files are still present: uninstalling
 * a package removes its files, deleting its entry from the list does not.
 */
export function hiddenPackages(
  lists: readonly LayerList[],
  layers: Layers,
  root: RootFs,
): readonly LayerList[] {
  const isShown = ({ list: { entry }, layer }: LayerList) => root.showsContent({ layer, entry });
  const shown = lists.filter(isShown);
  const search = new HiddenSearch(shown, new PackageEvidence(layers, root));
  return lists
    .filter((list) => !isShown(list))
    .toReversed()
    .flatMap((hidden) => {
      const packages = search.of(hidden);
      return packages.length === 0 ? [] : [{ ...hidden, list: { ...hidden.list, packages } }];
    })
    .toReversed();
}

class HiddenSearch {
  readonly #evidence: PackageEvidence;
  readonly #shownPaths: ReadonlySet<string>;
  /** Versions in visible lists, then in hidden lists. */
  readonly #stated = new Map<string, Set<string>>();
  readonly #looked = new Set<string>();

  constructor(shown: readonly LayerList[], evidence: PackageEvidence) {
    this.#evidence = evidence;
    this.#shownPaths = new Set(shown.map(({ path }) => path));
    for (const { list, path } of shown) {
      for (const one of list.packages) this.#state(keyOf(one, path), one.version);
    }
  }

  of({ list, layer, path }: LayerList): readonly PackageFacts[] {
    return list.packages.filter((one) => {
      const key = keyOf(one, path);
      if (this.#stated.get(key)?.has(one.version) === true || this.#looked.has(key)) return false;
      // A newer list supersedes an older list's statement about the package.
      this.#looked.add(key);
      if (!this.#isThere(one, list, layer, path)) return false;
      this.#state(key, one.version);
      return true;
    });
  }

  #isThere(one: PackageFacts, list: PackageList, layer: number, path: string): boolean {
    if (list.inside !== undefined) return false;
    if (isDistributions(one)) {
      const shows = this.#evidence.ofList(one, layer);
      return shows === "yes" || (shows === "unknown" && !this.#shownPaths.has(path));
    }
    return this.#showsIn(one, list, layer, path) === "yes";
  }

  #showsIn(one: PackageFacts, list: PackageList, layer: number, path: string): Shows {
    const folder = folderOf(one, list.cataloger, path);
    if (list.cataloger === "python") {
      const shows = this.#evidence.ofList(one, layer);
      if (shows !== "unknown") return shows;
    }
    if (folder === undefined) return "no";
    // A lock file lists many packages, and a new version of the application rewrites the lock file.
    if (OF_MANY.has(list.cataloger) && this.#shownPaths.has(path)) return "no";
    return this.#evidence.ofFolder(folder, path, layer);
  }

  #state(key: string, version: string): void {
    const versions = this.#stated.get(key) ?? new Set();
    this.#stated.set(key, versions.add(version));
  }
}

const OF_MANY: ReadonlySet<string> = new Set(["dotnet-deps"]);

/**
 * Key of a package: its name for a distribution, which has only one package of a name; otherwise its name and
 * path.
 */
function keyOf(facts: PackageFacts, path: string): string {
  return isDistributions(facts) ? ownerName(facts) : `${ownerName(facts)} ${path}`;
}

/** Folder of a package that a list states; undefined for a package that consists only of its entry in the list. */
function folderOf({ namespace, name }: PackageFacts, cataloger: string, path: string): string | undefined {
  const folder = directoryOf(path);
  switch (cataloger) {
    case "node-modules":
    case "node-bundled":
    case "openjdk-release":
    case "go-toolchain":
    case "dotnet-deps":
      return folder;
    case "python":
      return `${path.slice(0, path.search(PYTHON_FOLDERS))}/${name.replaceAll("-", "_")}`;
    case "gems":
      return `${directoryOf(folder)}/gems/${baseName(path).replace(/\.gemspec$/, "")}`;
    case "package-cache":
    case "git-gems":
    case "nuget-packages":
      return folder;
    case "composer":
    case "composer-php":
      return `${directoryOf(folder)}/${namespace === undefined ? "" : `${namespace}/`}${name}`;
    default:
      return undefined;
  }
}

const PYTHON_FOLDERS = /\/[^/]{1,255}\.(?:dist|egg)-info(?:\/|$)/;
