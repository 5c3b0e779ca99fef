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
 * Reads each folder once, when a workload of the folder is first requested.
 *
 * @param cwd absolute path
 * @param stdin content of standard input, used as the folder of its workloads
 * @param foldersOf further folders, beside a workload's own, with objects for it, by `Service/mail`
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
    const others = [...foldersOf(workload)].flatMap(([key, places]) =>
      places.map((folder) => only(key, objectsIn(folder))),
    );
    return namespaceObjects(
      {
        // The last ConfigMap of a name counts, and the first Service and ServiceAccount.
        config: [...others.flatMap(({ config }) => config), ...own.config],
        accounts: [...own.accounts, ...others.flatMap(({ accounts }) => accounts)],
        services: [...own.services, ...others.flatMap(({ services }) => services)],
        backends: [...own.backends, ...others.flatMap(({ backends }) => backends)],
        routes: [...own.routes, ...others.flatMap(({ routes }) => routes)],
        monitors: own.monitors,
      },
      namespace,
    );
  };
}

/**
 * Objects of one kind and name, such as `Service/mail`, with the routes that lead to a Service of this name.
 */
function only(key: string, objects: GivenObjects): GivenObjects {
  const { config, accounts, services, backends, routes } = objects;
  return {
    config: config.filter(({ kind, name }) => `${kind}/${name}` === key),
    accounts: accounts.filter(({ name }) => `ServiceAccount/${name}` === key),
    services: services.filter(({ name }) => `Service/${name}` === key),
    backends: backends.filter(({ name }) => `Service/${name}` === key),
    routes: routes.filter(({ service }) => `Service/${service}` === key),
    monitors: [],
  };
}

type ObjectFolders = ReadonlyMap<string, readonly string[]>;
const NONE: ObjectFolders = new Map();
