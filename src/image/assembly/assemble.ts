import { InvalidInputError } from "../../contract/error.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import { parseConfig } from "../documents/config.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import type { ManifestDocument } from "../documents/manifest.ts";
import { isForeignLayer, isLayerType } from "../documents/media-types.ts";
import type { WantedPlatform } from "../documents/platform.ts";
import { type BlobStore, missingBlob, readDocument } from "../source/blob-store.ts";
import type { LayerBytes, LayerSource, OpenImage } from "../source/open-image.ts";
import { verifyIsImage } from "./image-kind.ts";
import { resolveManifest } from "./resolve.ts";

export interface Opening {
  readonly source: string;
  readonly reference: ReferenceFacts;
  readonly wanted: WantedPlatform;
}

/**
 * Opens the image that a manifest or index leads to. If this fails, the caller closes the store.
 *
 * @throws InvalidInputError as resolveManifest(), parseConfig(), verifyIsImage(); layer-count
 */
export async function assembleImage(
  opening: Opening,
  top: { readonly document: ManifestDocument; readonly digest?: Digest },
  store: BlobStore,
): Promise<OpenImage> {
  const resolved = await resolveManifest(top, opening.wanted, store);
  const { manifest, digest, indexDigest, otherIndexDigests, chosenFor, choice, beside } = resolved;
  verifyIsImage(manifest);
  const bytes = await readDocument(store, manifest.config);
  if (bytes === undefined) throw missingBlob({ fr: "configuration", en: "config" }, manifest.config.digest);
  const config = parseConfig(bytes, manifest.config.digest, chosenFor);
  const descriptors = manifest.layers ?? [];
  verifyLayerCount(config.diffIds.length, descriptors.length);
  const layers: LayerSource[] = [];
  for (const [index, diffId] of config.diffIds.entries()) {
    const descriptor = descriptors[index];
    if (descriptor !== undefined) layers.push(await openLayer(descriptor, diffId, store));
  }
  return {
    source: opening.source,
    reference: opening.reference,
    digest,
    ...(indexDigest === undefined ? {} : { indexDigest }),
    ...(otherIndexDigests === undefined ? {} : { otherIndexDigests }),
    ...(choice === undefined ? {} : { choice }),
    imageId: manifest.config.digest,
    platform: config.platform,
    otherPlatforms: resolved.otherPlatforms,
    config: config.document,
    configBytes: bytes,
    annotations: manifest.annotations,
    layers,
    ...(beside === undefined
      ? {}
      : { beside: { descriptors: beside, read: (descriptor) => readDocument(store, descriptor) } }),
    close: () => store.close(),
  };
}

/** @throws InvalidInputError layer-count */
export function verifyLayerCount(diffIds: number, layers: number): void {
  if (diffIds === layers) return;
  throw new InvalidInputError("layer-count", {
    fr: `la configuration annonce ${diffIds} couches (rootfs.diff_ids), le manifeste en liste ${layers}. L'image est corrompue ; la reconstruire.`,
    en: `the config announces ${diffIds} layers (rootfs.diff_ids), the manifest lists ${layers}. The image is corrupt; rebuild it.`,
  });
}

async function openLayer(descriptor: Descriptor, diffId: Digest, store: BlobStore): Promise<LayerSource> {
  const { digest, mediaType, size } = descriptor;
  return { digest, diffId, mediaType, size, bytes: await layerBytes(descriptor, store) };
}

async function layerBytes(descriptor: Descriptor, store: BlobStore): Promise<LayerBytes> {
  const { mediaType, digest } = descriptor;
  if (!isLayerType(mediaType)) {
    const type = quoted(mediaType);
    return {
      kind: "unreadable",
      reason: { fr: `${type} n'est pas une couche tar`, en: `${type} is not a tar layer` },
    };
  }
  const bytes = await store.layer(descriptor);
  if (bytes !== undefined) return bytes;
  if (isForeignLayer(mediaType)) {
    const reason = { fr: "couche externe, hors du registre", en: "foreign layer, kept outside the registry" };
    return { kind: "unreadable", reason };
  }
  throw missingBlob({ fr: "couche", en: "layer" }, digest);
}
