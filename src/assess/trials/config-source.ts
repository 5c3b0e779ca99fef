import { dirname, resolve } from "node:path";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { type ConfigLookup, configLookup } from "../../evidence/trial/config-lookup.ts";
import { type ConfigObject, configObjectsIn, configObjectsOf } from "../../workload/config-objects.ts";

/** Gives the ConfigMaps and Secrets that lie beside a workload's manifest. */
export type ConfigSource = (workload: WorkloadFacts) => ConfigLookup;

/**
 * Reads each folder once, when a workload of it is asked for.
 *
 * @param cwd absolute
 * @param stdin what was read from standard input: the folder of the workloads that came from there
 */
export function configSource(cwd: string, stdin: () => Uint8Array): ConfigSource {
  const folders = new Map<string, readonly ConfigObject[]>();
  return ({ file, namespace }) => {
    const folder = file === "-" ? file : dirname(resolve(cwd, file));
    const objects =
      folders.get(folder) ?? (file === "-" ? configObjectsOf(stdin()) : configObjectsIn(folder));
    folders.set(folder, objects);
    return configLookup(objects, namespace);
  };
}
