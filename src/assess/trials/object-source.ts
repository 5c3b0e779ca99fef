import { dirname, resolve } from "node:path";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { type NamespaceObjects, namespaceObjects } from "../../evidence/trial/namespace-objects.ts";
import { type GivenObjects, givenObjectsIn, givenObjectsOf } from "../../workload/given-objects.ts";

/** Gives what lies beside a workload's manifest. */
export type ObjectSource = (workload: WorkloadFacts) => NamespaceObjects;

/**
 * Reads each folder once, when a workload of it is asked for.
 *
 * @param cwd absolute
 * @param stdin what was read from standard input: the folder of the workloads that came from there
 */
export function objectSource(cwd: string, stdin: () => Uint8Array): ObjectSource {
  const folders = new Map<string, GivenObjects>();
  return ({ file, namespace }) => {
    const folder = file === "-" ? file : dirname(resolve(cwd, file));
    const objects = folders.get(folder) ?? (file === "-" ? givenObjectsOf(stdin()) : givenObjectsIn(folder));
    folders.set(folder, objects);
    return namespaceObjects(objects, namespace);
  };
}
