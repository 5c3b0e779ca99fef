import type { OtherEnvironments, PlacedWorkload } from "./environments/other-environments.ts";
import type { RelatedRead } from "./related/related-object.ts";
import { isNear } from "./related/same-namespace.ts";

/**
 * Finder of folders, other than a workload's own, with Services and ServiceAccounts of its namespace, by
 * `Service/mail`: the kubelet gives containers variables of every Service of their namespace.
 *
 * @param related all objects of the run
 */
export function serviceFolders(
  related: readonly RelatedRead[],
  environments: OtherEnvironments,
): (workload: PlacedWorkload) => ReadonlyMap<string, readonly string[]> {
  const objects = related.filter(({ type }) => KINDS.has(type));
  return (workload) => {
    const near = objects.filter(
      (one) => one.folder !== workload.folder && isNear(one, workload, environments),
    );
    const byName = Map.groupBy(near, ({ type, name }) => `${type}/${name}`);
    return new Map([...byName].map(([key, all]) => [key, [...new Set(all.map(({ folder }) => folder))]]));
  };
}

const KINDS: ReadonlySet<string> = new Set(["Service", "ServiceAccount"]);
