import { join, sep } from "node:path";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { environmentOf } from "./environment.ts";

/** Workload with the folder of its file, absolute, or `-` for standard input. */
export interface PlacedWorkload {
  readonly facts: RawWorkload;
  readonly folder: string;
}

/**
 * Folders of other environments: folders that the platform's layout names, and folders with a copy of the
 * workload. A cluster has one object of a name, so `envs/dev` and `envs/prod` with the same Deployment `web`
 * of one namespace are two environments, and the objects of `envs/dev` are judged with the copy there.
 */
export class OtherEnvironments {
  readonly #copies = new Map<string, Copies>();
  readonly #ofWorkload = new WeakMap<RawWorkload, Copies>();
  readonly #folders = new Map<string, Folder>();

  /** @param workloads all workloads of the run */
  constructor(workloads: readonly PlacedWorkload[]) {
    for (const { facts, folder } of workloads) {
      const key = keyOf(facts);
      const copies: Copies = this.#copies.get(key) ?? { tree: new Map(), count: 0 };
      this.#copies.set(key, copies);
      copies.count += 1;
      enter(copies.tree, folder.split(sep));
    }
  }

  /** Whether the objects of a folder belong to another environment than a workload. */
  includes(folder: string, { facts, folder: own }: PlacedWorkload): boolean {
    if (folder === own) return false;
    const [other, mine] = [this.#folderOf(folder), this.#folderOf(own)];
    const isNamed = other.environment !== undefined && mine.environment !== undefined;
    if (isNamed && other.environment !== mine.environment) return true;
    const { tree, count } = this.#copiesOf(facts);
    return count > 1 && leadsToCopy(other.names, mine.parts, tree);
  }

  #copiesOf(facts: RawWorkload): Copies {
    const known = this.#ofWorkload.get(facts) ?? this.#copies.get(keyOf(facts)) ?? NO_COPY;
    this.#ofWorkload.set(facts, known);
    return known;
  }

  /** Parts of a path, computed once per path: every pair of a workload and an object needs them. */
  #folderOf(path: string): Folder {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const environment = environmentOf(join(path, "any.yaml"));
    const parts = path.split(sep);
    const folder = {
      parts,
      names: new Set(parts),
      ...(environment === undefined ? {} : { environment }),
    };
    this.#folders.set(path, folder);
    return folder;
  }
}

/** Names in a path, and the environment that the platform's layout gives the path. */
interface Folder {
  readonly parts: readonly string[];
  readonly names: ReadonlySet<string>;
  readonly environment?: string;
}

/** Folders by name, each with its subfolders. */
type FolderTree = Map<string, FolderTree>;

/** Folders with one workload, and their number. */
interface Copies {
  readonly tree: FolderTree;
  count: number;
}

const NO_COPY: Copies = { tree: new Map(), count: 0 };

function enter(tree: FolderTree, names: readonly string[]): void {
  let at = tree;
  for (const name of names) {
    const below: FolderTree = at.get(name) ?? new Map();
    at.set(name, below);
    at = below;
  }
}

/**
 * Whether a path contains, instead of a folder of the workload's path, the sibling folder that leads to a
 * copy: `mail/dev` for the workload in `web/prod` with a copy in `web/dev`.
 */
function leadsToCopy(names: ReadonlySet<string>, own: readonly string[], tree: FolderTree): boolean {
  let at: FolderTree | undefined = tree;
  for (const name of own) {
    if (at === undefined) return false;
    if (!names.has(name) && hasAny(at, names)) return true;
    at = at.get(name);
  }
  return false;
}

function hasAny(tree: FolderTree, names: ReadonlySet<string>): boolean {
  for (const name of names) if (tree.has(name)) return true;
  return false;
}

function keyOf({ apiVersion, kind, namespace, name }: RawWorkload): string {
  return JSON.stringify([apiVersion.split("/").slice(0, -1), kind, namespace, name]);
}
