import { InvalidInputError } from "../contract/error.ts";
import type { Digest } from "../contract/image-facts.ts";
import { envelopeLayer } from "./attach/attach.ts";
import { type ListedLayer, withLayers } from "./attach/layer-list.ts";
import { completeFallbackIndex } from "./attach/referrers-fallback.ts";
import { addToSharedTag, type Pause } from "./attach/shared-tag.ts";
import { SIGN_PREDICATE } from "./attach/sign-image.ts";
import { cosignTag } from "./attach/subject.ts";
import { statementOf } from "./in-toto/signed-statement.ts";
import { type FoundAttestation, readAttachments } from "./read/read-attachments.ts";
import type { ArtifactStore } from "./store/artifact-store.ts";

/**
 * Restores what concurrent writers lost of the tags that they share: the index under the fallback tag, from the
 * attachments' own tags, and cosign 2's tag of attestations, from the bundles. Nothing is signed or removed.
 *
 * @throws UnavailableError shared-tag-contended; as the store
 */
export async function repairImage(store: ArtifactStore, image: Digest, pause: Pause): Promise<void> {
  if ((await store.referrers(image)) === undefined) await completeFallbackIndex(store, image, [], pause);
  const { attestations } = await readAttachments(store, image);
  const layers: ListedLayer[] = [];
  for (const { envelope, name, material } of attestations) {
    const predicateType = predicateTypeOf({ envelope, name });
    // A signature of the image is no attestation to cosign 2, which would count it as such.
    if (predicateType === undefined || predicateType === SIGN_PREDICATE) continue;
    // A bundle has no place for the chain, which cosign 2 finds in a trusted root, and for its timestamp of the layer.
    const witnessed = material === undefined ? {} : { material: { fields: material.fields, chain: [] } };
    layers.push(await envelopeLayer(store, { envelope, predicateType, ...witnessed }));
  }
  if (layers.length === 0) return;
  const tag = cosignTag(image, "att");
  await addToSharedTag(store, tag, (current) => withLayers(store, current, layers, tag), pause);
}

/** Predicate of a statement; undefined if the envelope holds none: it is left as it is. */
function predicateTypeOf({ envelope, name }: FoundAttestation): string | undefined {
  try {
    return statementOf(envelope, name).predicateType;
  } catch (error) {
    if (error instanceof InvalidInputError) return undefined;
    throw error;
  }
}
