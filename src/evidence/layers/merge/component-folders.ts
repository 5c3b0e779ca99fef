import type { PackageFacts } from "../../../contract/package-facts.ts";
import { directoryOf } from "../../../image/tar/path.ts";
import type { LayerList } from "./hidden-packages.ts";

/** Folders whose programs belong to a component, by its kind of installation. */
export class ComponentFolders {
  /**
   * Folders, each with the highest layer that declares the component: programs added by later layers do not
   * belong to it.
   */
  readonly #folders = new Map<string, number>();
  readonly #gems = new Map<string, number>();

  constructor(lists: readonly LayerList[]) {
    for (const { list, layer, path } of lists) {
      const [first] = list.packages;
      if (list.inside !== undefined || first === undefined) continue;
      if (list.cataloger === "gems") raise(this.#gems, path, layer);
      for (const folder of foldersOf(list.cataloger, path, first)) raise(this.#folders, folder, layer);
    }
  }

  own({ path, layer }: { readonly path: string; readonly layer: number }): boolean {
    for (let at = path.length; at > 0; at = path.lastIndexOf("/", at - 1)) {
      if ((this.#folders.get(path.slice(0, at)) ?? -1) >= layer) return true;
    }
    return (this.#gems.get(gemOf(path) ?? "") ?? -1) >= layer;
  }
}

function raise(layers: Map<string, number>, key: string, layer: number): void {
  layers.set(key, Math.max(layers.get(key) ?? 0, layer));
}

function foldersOf(cataloger: string, path: string, { name, version }: PackageFacts): readonly string[] {
  const folder = directoryOf(path);
  switch (cataloger) {
    case "node-modules":
    case "node-bundled":
    case "dotnet-deps":
    case "package-cache":
    case "git-gems":
    case "nuget-packages":
    case "node-linked":
      return folder === "" ? [] : [folder];
    case "bitnami-spdx":
      return [folder];
    case "openjdk-release":
    case "go-toolchain":
      return homeFolders(folder);
    case "runtime":
      return runtimeFolders(directoryOf(folder), name, version);
    default:
      return inStore(path);
  }
}

/** Subfolders of a component's own folder; none for a system folder, which would claim the whole system. */
function homeFolders(home: string): readonly string[] {
  return SYSTEM.has(home) ? [] : ["bin", "lib", "jre", "pkg"].map((part) => `${home}/${part}`);
}

const SYSTEM: ReadonlySet<string> = new Set(["", "/usr", "/usr/local", "/opt"]);

/** Folders from which a runtime loads code, below the folder with its `bin` and `lib`. */
function runtimeFolders(prefix: string, name: string, version: string): readonly string[] {
  const [major = "", minor = ""] = version.split(".");
  switch (name) {
    case "python":
      return [
        `${prefix}/lib/python${major}.${minor}`,
        `${prefix}/bin/python${major}.${minor}`,
        `${prefix}/lib/libpython${major}.so`,
      ];
    case "ruby":
      return [`${prefix}/lib/ruby/${major}.${minor}.0`, `${prefix}/bin/ruby`];
    case "php":
      return [`${prefix}/lib/php`];
    case "nginx":
      return [`${prefix}/lib/nginx`, `${prefix}/modules`, "/etc/nginx/modules"];
    case "postgresql":
      return [`${prefix}/lib/postgresql`];
    case "node":
      return [`${prefix}/bin/node`];
    case "openjdk":
      // The JVM's library is in `lib/server`.
      return homeFolders(directoryOf(prefix));
    default:
      return [];
  }
}

/** The package's own folder in Nix's store. */
function inStore(path: string): readonly string[] {
  const [, folder] = /^(\/nix\/store\/[^/]{1,255})(?:\/|$)/.exec(path) ?? [];
  return folder === undefined ? [] : [folder];
}

/** Specification of the gem that a file belongs to: native extensions are in a separate folder. */
function gemOf(path: string): string | undefined {
  const parts = path.split("/");
  const at = parts.lastIndexOf("gems");
  const extensions = parts.lastIndexOf("extensions");
  const [home, name] = extensions > at ? [extensions, extensions + 3] : [at, at + 1];
  if (home <= 0 || name >= parts.length - 1) return undefined;
  return `${parts.slice(0, home).join("/")}/specifications/${parts[name]}.gemspec`;
}
