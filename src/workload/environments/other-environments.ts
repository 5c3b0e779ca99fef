import { join, sep } from "node:path";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { environmentOf } from "./environment.ts";

/** A workload with the folder of its file, absolute, or `-` for standard input. */
export interface PlacedWorkload {
  readonly facts: RawWorkload;
  readonly folder: string;
}

/**
 * Folders of other environments: those that the platform's layout names, and those that hold a copy of the
 * workload. A cluster has one object of a name, so `envs/dev` and `envs/prod` that both hold Deployment `web` of
 * one namespace are two environments, and the objects of `envs/dev` are judged with the copy there.
 */
export class OtherEnvironments {
  readonly #copies = new Map<string, FolderTree>();

  /** @param workloads all workloads of the run */
  constructor(workloads: readonly PlacedWorkload[]) {
    for (const { facts, folder } of workloads) {
      const key = keyOf(facts);
      const tree = this.#copies.get(key) ?? new Map();
      this.#copies.set(key, tree);
      enter(tree, folder.split(sep));
    }
  }

  /** Whether the objects of a folder belong to another environment than a workload. */
  includes(folder: string, { facts, folder: own }: PlacedWorkload): boolean {
    if (folder === own) return false;
    const [named, ownNamed] = [folder, own].map((one) => environmentOf(join(one, "any.yaml")));
    if (named !== undefined && ownNamed !== undefined && named !== ownNamed) return true;
    const tree = this.#copies.get(keyOf(facts));
    return tree !== undefined && leadsToCopy(new Set(folder.split(sep)), own.split(sep), tree);
  }
}

/** Folders by name, each with those in it. */
type FolderTree = Map<string, FolderTree>;

function enter(tree: FolderTree, names: readonly string[]): void {
  let at = tree;
  for (const name of names) {
    const below: FolderTree = at.get(name) ?? new Map();
    at.set(name, below);
    at = below;
  }
}

/**
 * Whether a path contains, instead of a folder of the workload's path, the folder beside it that leads to a
 * copy: `mail/dev` for the workload in `web/prod` with a copy in `web/dev`.
 */
function leadsToCopy(names: ReadonlySet<string>, own: readonly string[], tree: FolderTree): boolean {
  let at: FolderTree | undefined = tree;
  for (const name of own) {
    const beside: FolderTree = at ?? new Map();
    if (!names.has(name) && [...names].some((other) => beside.has(other))) return true;
    at = beside.get(name);
  }
  return false;
}

function keyOf({ apiVersion, kind, namespace, name }: RawWorkload): string {
  return JSON.stringify([apiVersion.split("/").slice(0, -1), kind, namespace, name]);
}
