import { isDigest, sha256, verifyDigest } from "../../contract/digest.ts";
import { type Opening, verifyLayerCount } from "../assembly/assemble.ts";
import { type ArchivedImage, parseArchiveManifest } from "../documents/archive-manifest.ts";
import { parseConfig } from "../documents/config.ts";
import { DOCKER_LAYER } from "../documents/media-types.ts";
import { missingBlob } from "../source/blob-store.ts";
import type { LayerSource, OpenImage } from "../source/open-image.ts";
import { selectArchivedImage } from "./archive-ref.ts";
import type { FileTree } from "./file-tree.ts";
import { readRange } from "./read-range.ts";

const MANIFEST = "manifest.json";

/** Images of manifest.json; empty if the file is missing or contains `null`. */
export function archivedImages(tree: FileTree): readonly ArchivedImage[] {
  const range = tree.find(MANIFEST);
  return range === undefined ? [] : parseArchiveManifest(readRange(range, MANIFEST), MANIFEST);
}

/**
 * Opens an image of `docker save`. Its layers are identified only by diffIds, and it has no manifest with a
 * digest.
 *
 * @param ref see selectArchivedImage()
 */
export async function openDockerArchive(tree: FileTree, opening: Opening, ref?: string): Promise<OpenImage> {
  const image = selectArchivedImage(archivedImages(tree), ref);
  const range = tree.find(image.Config);
  if (range === undefined) throw missingBlob({ fr: "configuration", en: "config" }, image.Config);
  const bytes = readRange(range, image.Config);
  const imageId = sha256(bytes);
  verifyName(image.Config, bytes);
  const { wanted } = opening;
  const config = parseConfig(bytes, imageId, wanted.explicit ? wanted : undefined);
  verifyLayerCount(config.diffIds.length, image.Layers.length);
  const layers = config.diffIds.map((diffId, index): LayerSource => {
    const name = image.Layers[index] ?? "";
    const layer = tree.find(name);
    if (layer === undefined) throw missingBlob({ fr: "couche", en: "layer" }, name);
    return { diffId, mediaType: DOCKER_LAYER, size: layer.size, bytes: { kind: "file", ...layer } };
  });
  return {
    source: opening.source,
    reference: opening.reference,
    imageId,
    platform: config.platform,
    otherPlatforms: [],
    config: config.document,
    configBytes: bytes,
    annotations: {},
    layers,
    close: async () => tree.close(),
  };
}

/**
 * Verifies the config's file name, which contains its digest: `HEX.json`; since Docker 25 `blobs/sha256/HEX`;
 * `sha256:HEX` by go-containerregistry.
 */
function verifyName(name: string, bytes: Uint8Array): void {
  const hex = /^(?:blobs\/sha256\/|sha256:)?([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
  const digest = `sha256:${hex ?? ""}`;
  if (isDigest(digest)) verifyDigest(bytes, digest);
}
