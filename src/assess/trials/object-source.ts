import { dirname, resolve } from "node:path";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import {
  type NamespaceObjects,
  NO_OBJECTS,
  namespaceObjects,
} from "../../evidence/trial/namespace-objects.ts";
import { type GivenObjects, givenObjectsIn, givenObjectsOf } from "../../workload/given-objects.ts";

/** Returns objects beside a workload's manifest. */
export type ObjectSource = (workload: WorkloadFacts) => NamespaceObjects;

/**
 * Reads each folder once, when one of its workloads is requested.
 *
 * @param cwd absolute path
 * @param stdin content of standard input, which is the folder of workloads from there
 * @param foldersOf folders, other than a workload's own, with objects that it names
 */
export function objectSource(
  cwd: string,
  stdin: Uint8Array,
  foldersOf: (workload: WorkloadFacts) => ObjectFolders = () => NONE,
): ObjectSource {
  const folders = new Map<string, GivenObjects>();
  const objectsIn = (folder: string): GivenObjects => {
    const objects = folders.get(folder) ?? (folder === "-" ? givenObjectsOf(stdin) : givenObjectsIn(folder));
    folders.set(folder, objects);
    return objects;
  };
  return (workload) => {
    const { at, namespace } = workload;
    if (at.in === "api") return NO_OBJECTS;
    const { file } = at;
    const own = objectsIn(file === "-" ? file : dirname(resolve(cwd, file)));
    const others = [...foldersOf(workload)].flatMap(([key, places]) => {
      const all = places.flatMap((folder) => objectsIn(folder).config);
      return all.filter(({ kind, name }) => `${kind}/${name}` === key);
    });
    return namespaceObjects({ ...own, config: [...others, ...own.config] }, namespace);
  };
}

type ObjectFolders = ReadonlyMap<string, readonly string[]>;
const NONE: ObjectFolders = new Map();
