import type { Collected } from "./evidence.ts";
import type { Digest } from "./image-facts.ts";

/**
 * Where an acceptance counts. All that is given must fit; without any of them it fits nowhere, for
 * the same fingerprint stands for the same mistake in every image.
 */
export interface AcceptanceScope {
  /** With its registry, without tag: `registry.example/team/portal`. */
  readonly repository?: string;
  /** Of the manifest, of the index through which it was chosen, or of the config. */
  readonly digest?: Digest;
  readonly workload?: {
    readonly namespace: string;
    /** `Deployment` */
    readonly kind: string;
    readonly name: string;
  };
}

/** What a finding is about. */
export type AcceptancePlace = Pick<Collected, "workload" | "reference" | "image">;

/** Whether the finding's own image and workload are those that the acceptance names. */
export function covers({ repository, digest, workload }: AcceptanceScope, place: AcceptancePlace): boolean {
  if (repository === undefined && digest === undefined && workload === undefined) return false;
  if (repository !== undefined && repository.toLowerCase() !== repositoryOf(place)) return false;
  if (digest !== undefined && !digestsOf(place).includes(digest)) return false;
  if (workload === undefined) return true;
  const { namespace, kind, name } = place.workload ?? {};
  return workload.namespace === namespace && workload.kind === kind && workload.name === name;
}

/** Only a registry's names are the same for everyone: what a local archive is called says nothing. */
function repositoryOf({ reference }: AcceptancePlace): string | undefined {
  if (reference?.registry === undefined || reference.repository === undefined) return undefined;
  return `${reference.registry}/${reference.repository}`.toLowerCase();
}

/** The digest by which an image is named is not that of the image which takes its place in a trial. */
function digestsOf({ image, reference }: AcceptancePlace): readonly (Digest | undefined)[] {
  return image === undefined ? [reference?.digest] : [image.digest, image.indexDigest, image.imageId];
}
