import { InvalidInputError } from "../contract/error.ts";
import type { Digest } from "../contract/image-facts.ts";
import { envelopeLayer } from "./attach/attach.ts";
import { type ListedLayer, withLayers } from "./attach/layer-list.ts";
import { completeFallbackIndex } from "./attach/referrers-fallback.ts";
import { addToSharedTag, type Pause } from "./attach/shared-tag.ts";
import { cosignTag } from "./attach/subject.ts";
import { statementOf } from "./in-toto/signed-statement.ts";
import { SIGN_PREDICATE } from "./in-toto/statement.ts";
import { type FoundAttestation, readAttachments } from "./read/read-attachments.ts";
import type { ArtifactStore } from "./store/artifact-store.ts";

/**
 * Restores tags whose content concurrent writers lost: the index under the fallback tag, from the
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
    // A signature of the image is skipped: cosign 2 would count it as an attestation.
    if (predicateType === undefined || predicateType === SIGN_PREDICATE) continue;
    // A bundle contains neither the chain, which cosign 2 finds in a trusted root, nor the timestamp of
    // cosign 2's layer.
    const witnessed = material === undefined ? {} : { material: { fields: material.fields, chain: [] } };
    layers.push(await envelopeLayer(store, { envelope, predicateType, ...witnessed }));
  }
  if (layers.length === 0) return;
  const tag = cosignTag(image, "att");
  await addToSharedTag(store, tag, (current) => withLayers(store, current, layers, tag), pause);
}

/** Predicate type of a statement; undefined if the envelope has none: the envelope is then left unchanged. */
function predicateTypeOf({ envelope, name }: FoundAttestation): string | undefined {
  try {
    return statementOf(envelope, name).predicateType;
  } catch (error) {
    if (error instanceof InvalidInputError) return undefined;
    throw error;
  }
}
