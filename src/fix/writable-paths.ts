// Read-only root file system with an emptyDir at each path that the application writes to: /tmp, and paths
// that the user names. Each container gets its own volumes, since their roots were separate before.

import { containerName, type PlacementFacts, placements } from "../contract/pod-containers.ts";
import type { VolumeMountFacts } from "../contract/pod-facts.ts";
import { invalidAt, podField, type WorkloadFacts } from "../contract/workload-facts.ts";
import { append, set } from "./remedies.ts";
import type { Edit } from "./syntax/edit.ts";

/** A path to make writable, from `--writable CONTAINER:PATH`. */
export interface WritablePath {
  readonly container: string;
  /** Path, absolute and not the root. */
  readonly path: string;
  /** Set if the path gets its own mount even inside another mount, as in the trial. */
  readonly exact?: true;
}

/** Volume types that are mounted read-only, whatever the mount says. */
const READ_ONLY: ReadonlySet<string> = new Set(["configMap", "secret", "projected", "downwardAPI"]);
const LONGEST_NAME = 63;

/** Edits that set readOnlyRootFilesystem: true for every container that lacks it. */
export function readOnlyRoot(workload: WorkloadFacts): readonly Edit[] {
  return readable(workload)
    .filter(hasWritableRoot)
    .map(({ path }) => set(`${path}.securityContext.readOnlyRootFilesystem`, true));
}

/**
 * Mounts to add, required or requested by the user, and their volumes.
 *
 * @param inCommon one volume for all containers, because they share their list of mounts through an anchor
 */
export function writableMounts(
  workload: WorkloadFacts,
  asked: readonly WritablePath[],
  inCommon: boolean,
): readonly Edit[] {
  const names = volumeNames(workload);
  const unused = unusedEmptyDirs(workload);
  const common = new Map<string, string>();
  const volumes: Edit[] = [];
  const mounts: Edit[] = [];
  for (const placement of readable(workload)) {
    for (const mountPath of missingMounts(workload, placement, asked)) {
      const wanted = slug(mountPath);
      const name =
        common.get(mountPath) ??
        (unused.delete(wanted) ? wanted : freeName(wanted, containerName(placement), names));
      if (inCommon) common.set(mountPath, name);
      if (!names.has(name)) {
        names.add(name);
        volumes.push(append(podField(workload, "spec.volumes"), { name, emptyDir: {} }));
      }
      mounts.push(append(`${placement.path}.volumeMounts`, { name, mountPath }));
    }
  }
  return [...mounts, ...volumes];
}

/** Requested paths that already have a read-only mount. */
export function mountedReadOnly(
  workload: WorkloadFacts,
  asked: readonly WritablePath[],
): readonly { readonly placement: PlacementFacts; readonly path: string }[] {
  return placements(workload).flatMap((placement) =>
    pathsOf(placement, asked)
      .filter((path) => {
        const mount = mountAt(placement, path);
        return mount !== undefined && !canBeWritten(workload, mount);
      })
      .map((path) => ({ placement, path })),
  );
}

/** Containers whose relevant fields Kubernetes can decode. */
function readable(workload: WorkloadFacts): readonly PlacementFacts[] {
  const isInvalid = (path: string) => invalidAt(workload, path) !== undefined;
  if (isInvalid(podField(workload, "spec.volumes"))) return [];
  return placements(workload).filter(
    ({ path }) =>
      !isInvalid(`${path}.volumeMounts`) && !isInvalid(`${path}.securityContext.readOnlyRootFilesystem`),
  );
}

function hasWritableRoot({ spec }: PlacementFacts): boolean {
  return spec.securityContext?.readOnlyRootFilesystem !== true;
}

function missingMounts(
  workload: WorkloadFacts,
  placement: PlacementFacts,
  asked: readonly WritablePath[],
): readonly string[] {
  const wanted = new Set([...(hasWritableRoot(placement) ? ["/tmp"] : []), ...pathsOf(placement, asked)]);
  const exact = new Set(
    pathsOf(
      placement,
      asked.filter((one) => one.exact),
    ),
  );
  const missing: string[] = [];
  for (const path of [...wanted].toSorted()) {
    const isThere = exact.has(path)
      ? mountAt(placement, path) !== undefined
      : missing.some((outer) => path.startsWith(`${outer}/`)) || isMounted(workload, placement, path);
    if (!isThere) missing.push(path);
  }
  return missing;
}

function pathsOf(placement: PlacementFacts, asked: readonly WritablePath[]): readonly string[] {
  const name = containerName(placement);
  return asked.filter(({ container }) => container === name).map(({ path }) => normal(path));
}

function normal(path: string): string {
  return path.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");
}

function mountAt({ spec }: PlacementFacts, path: string): VolumeMountFacts | undefined {
  return spec.volumeMounts?.find(({ mountPath = "" }) => normal(mountPath) === path);
}

/** Whether a path is covered by a mount: any mount at the path itself, or a writable mount at a parent. */
function isMounted(workload: WorkloadFacts, placement: PlacementFacts, path: string): boolean {
  if (mountAt(placement, path) !== undefined) return true;
  for (let outer = path; outer !== ""; ) {
    outer = outer.slice(0, outer.lastIndexOf("/"));
    const mount = mountAt(placement, outer === "" ? "/" : outer);
    if (mount !== undefined) return canBeWritten(workload, mount);
  }
  return false;
}

function canBeWritten({ pod }: WorkloadFacts, { name, readOnly }: VolumeMountFacts): boolean {
  const sources = pod.spec.volumes.find((volume) => volume.name === name)?.sources ?? [];
  return readOnly !== true && !sources.some((source) => READ_ONLY.has(source));
}

function volumeNames({ pod, claims }: WorkloadFacts): Set<string> {
  const templates = claims.filter(({ source }) => source === "template");
  return new Set([...pod.spec.volumes, ...templates].map(({ name = "" }) => name));
}

/** Names of the pod's emptyDirs that no container mounts. */
function unusedEmptyDirs(workload: WorkloadFacts): Set<string> {
  const mounts = placements(workload).flatMap(({ spec }) => spec.volumeMounts ?? []);
  const mounted = new Set(mounts.map(({ name }) => name));
  const unused = workload.pod.spec.volumes.filter(({ name = "", sources }) => {
    return name !== "" && sources.join() === "emptyDir" && !mounted.has(name);
  });
  return new Set(unused.map(({ name = "" }) => name));
}

/** Name of a volume for a path: `/app/.next/cache` → `app-next-cache`. */
function slug(path: string): string {
  return fitted(path) || "data";
}

/** Volume name made valid: a DNS label. */
function fitted(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_NAME)
    .replace(/^-+|(?<!-)-+$/g, "");
}

function freeName(wanted: string, container: string, names: ReadonlySet<string>): string {
  if (!names.has(wanted)) return wanted;
  const own = fitted(`${wanted}-${container}`);
  let name = own;
  for (let number = 2; names.has(name); number++) name = `${own.slice(0, LONGEST_NAME - 6)}-${number}`;
  return name;
}
