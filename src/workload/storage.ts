import type { RawWorkload } from "../contract/workload-facts.ts";
import { isOneBranch } from "./environments/one-branch.ts";
import type { OtherEnvironments, PlacedWorkload } from "./environments/other-environments.ts";
import { isOneNamespace, type NodeVolume, withNodeVolumes } from "./node-volumes.ts";
import { type PersistentClaim, withAccessModes } from "./persistent-volume-claims.ts";
import { type ReadOnlyStorage, withReadOnlyStorage } from "./read-only-storage.ts";

/**
 * PersistentVolume that is a directory of a node, with its folder and its file as the user named the file.
 */
export interface PlacedVolume {
  readonly volume: NodeVolume;
  readonly folder: string;
  readonly file: string;
}

/** Read-only storage with its folder. */
export interface PlacedStorage {
  readonly storage: ReadOnlyStorage;
  readonly folder: string;
}

/** Storage objects of a run; claims by folder. */
interface Storage {
  readonly claims: ReadonlyMap<string, readonly PersistentClaim[]>;
  readonly nodeVolumes: readonly PlacedVolume[];
  readonly readOnlyStorage: readonly PlacedStorage[];
}

/** A workload with the access modes of its claims, and with the node directories behind the claims. */
export function withStorage(
  { claims, nodeVolumes, readOnlyStorage }: Storage,
  workload: PlacedWorkload,
  environments: OtherEnvironments,
): RawWorkload {
  const { facts, folder } = workload;
  if (facts.claims.length === 0) return facts;
  const own = claims.get(folder) ?? [];
  const near = [...claims].flatMap(([other, all]) => {
    return all.filter((one) => isNear(one, other, workload, environments));
  });
  const beside = nodeVolumes.filter((one) => isOneBranch(one.folder, folder));
  // A volume has no namespace: of volumes in other folders, only a named volume is certainly meant.
  const elsewhere = nodeVolumes.filter(
    (one) => !beside.includes(one) && !environments.includes(one.folder, workload),
  );
  const bound = withAccessModes(facts, own, near);
  const [ofBranch, named] = [beside, elsewhere].map((all) => all.map(({ volume }) => volume));
  const readOnly = readOnlyStorage.filter((one) => !environments.includes(one.folder, workload));
  const marked = withReadOnlyStorage(
    bound,
    near,
    readOnly.map(({ storage }) => storage),
  );
  return withNodeVolumes(marked, near, ofBranch ?? [], named ?? []);
}

/** Whether a claim may be the one that a workload in a folder mounts. */
function isNear(
  { namespace }: PersistentClaim,
  folder: string,
  workload: PlacedWorkload,
  environments: OtherEnvironments,
): boolean {
  const { facts } = workload;
  if (isOneBranch(folder, workload.folder)) return isOneNamespace(namespace, facts.namespace);
  const isNamed = namespace !== undefined && namespace === facts.namespace;
  return isNamed && !environments.includes(folder, workload);
}
