import type { Collected } from "./evidence.ts";
import type { Digest } from "./image-facts.ts";

/**
 * Scope of an acceptance. All given fields must match. A scope without fields matches nothing, since a
 * fingerprint is the same for the same mistake in every image.
 */
export interface AcceptanceScope {
  /** Repository with its registry, without tag: `registry.example/team/portal`. */
  readonly repository?: string;
  /** Digest of the manifest, of the index from which it was chosen, or of the config. */
  readonly digest?: Digest;
  readonly workload?: {
    readonly namespace: string;
    /** Kind of the workload: `Deployment`. */
    readonly kind: string;
    readonly name: string;
  };
}

/** Place of a finding. */
export type AcceptancePlace = Pick<Collected, "workload" | "reference" | "image">;

/** Whether the finding's own image and workload match the acceptance. */
export function covers({ repository, digest, workload }: AcceptanceScope, place: AcceptancePlace): boolean {
  if (repository === undefined && digest === undefined && workload === undefined) return false;
  if (repository !== undefined && repository.toLowerCase() !== repositoryOf(place)) return false;
  if (digest !== undefined && !digestsOf(place).includes(digest)) return false;
  if (workload === undefined) return true;
  return place.workload !== undefined && isWorkload(workload, place.workload);
}

/** Whether a workload is the named one, or a pod of the named one, as admission knows. */
function isWorkload(
  named: NonNullable<AcceptanceScope["workload"]>,
  { namespace, kind, name, controller }: NonNullable<AcceptancePlace["workload"]>,
): boolean {
  if (named.namespace !== namespace) return false;
  return [{ kind, name }, controller].some((one) => one?.kind === named.kind && one.name === named.name);
}

/** Repository of an image; undefined for local archives, whose names mean nothing on other machines. */
function repositoryOf({ reference }: AcceptancePlace): string | undefined {
  if (reference?.registry === undefined || reference.repository === undefined) return undefined;
  return `${reference.registry}/${reference.repository}`.toLowerCase();
}

/** Digests of an image. The reference's digest is omitted if another image replaces the referenced image. */
function digestsOf({ image, reference }: AcceptancePlace): readonly (Digest | undefined)[] {
  return image === undefined ? [reference?.digest] : [image.digest, image.indexDigest, image.imageId];
}
