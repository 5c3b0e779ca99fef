import { digestsFor, type ImageSubjects, imageIds } from "../../attest/attach/image-subjects.ts";
import type { Predicate } from "../../attest/in-toto/write-statement.ts";
import type { ArtifactStore } from "../../attest/store/artifact-store.ts";
import { UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";

/** Predicate with the platform, or the trial, that determines which manifest of the image it is about. */
export interface RequestedPredicate {
  readonly predicate: Predicate;
  /** Platform, of an SBOM. */
  readonly platform?: string;
  /** Image that a trial ran, by the digest of its configuration, with the file that states the digest. */
  readonly tried?: { readonly imageId: Digest; readonly file: string };
}

/**
 * Predicates with the digests of the manifests that each is about; without digests, a predicate is about the
 * index and all its manifests.
 *
 * @throws UsageError trial-other-image, sbom-one-platform; as digestsFor()
 */
export async function placedPredicates(
  store: Pick<ArtifactStore, "manifest">,
  found: ImageSubjects,
  requested: readonly RequestedPredicate[],
): Promise<readonly Predicate[]> {
  const hasTrials = requested.some(({ tried }) => tried !== undefined);
  const ids = hasTrials ? await imageIds(store, found) : new Map<Digest, Digest>();
  return requested.map(({ predicate, platform, tried }) => {
    if (platform !== undefined) return { ...predicate, about: ofPlatform(found, platform) };
    return tried === undefined ? predicate : { ...predicate, about: triedManifests(ids, tried) };
  });
}

function ofPlatform(found: ImageSubjects, platform: string): readonly Digest[] {
  if (found.leaves.length > 0) return digestsFor(found, platform);
  throw new UsageError("sbom-one-platform", {
    fr: `--sbom FICHIER,platform=${platform} : cette image n'a pas d'index, et une seule plateforme. Retirer platform=.`,
    en: `--sbom FILE,platform=${platform}: this image has no index, and one platform. Leave out platform=.`,
  });
}

/** Manifests of the image that a trial ran; a trial of another image is refused. */
function triedManifests(
  ids: ReadonlyMap<Digest, Digest>,
  { imageId, file }: Required<RequestedPredicate>["tried"],
): readonly Digest[] {
  const manifests = [...ids].flatMap(([manifest, id]) => (id === imageId ? [manifest] : []));
  if (manifests.length > 0) return manifests;
  const attested = [...ids.values()].join(", ");
  throw new UsageError("trial-other-image", {
    fr: `${quoted(file)} : l'essai porte sur l'image ${imageId}, et non sur celle à attester (${attested}). Essayer l'image poussée : douane trial IMAGE --output FICHIER.`,
    en: `${quoted(file)}: the trial is about the image ${imageId}, not about the one to attest (${attested}). Try the image that was pushed: douane trial IMAGE --output FILE.`,
  });
}
