import { readlinkSync } from "node:fs";
import { openImage } from "../../src/image/open.ts";
import type { LayerSource } from "../../src/image/source/open-image.ts";
import type { FloorDigests, FloorLayer } from "./floor/digest-layer.ts";

export interface ImageLayers {
  readonly layers: readonly FloorLayer[];
  /** Bytes as stored, all layers together. */
  readonly storedBytes: number;
  /** Digests declared by manifest and config, in the order of `layers`. */
  readonly declared: readonly FloorDigests[];
}

/** The layers of an image on this disk. `source`: as `douane check` takes it. */
export async function layersOf(source: string): Promise<ImageLayers> {
  const image = await openImage(source, { env: {} });
  const layers = image.layers.map(floorLayer);
  // The layers of a docker-archive are named by their diffIds and stored as they are.
  const declared = image.layers.map(({ digest, diffId }) => ({ digest: digest ?? diffId, diffId }));
  await image.close();
  return { layers, storedBytes: layers.reduce((sum, { size }) => sum + size, 0), declared };
}

function floorLayer({ bytes, mediaType }: LayerSource): FloorLayer {
  if (bytes.kind !== "file") throw new Error(`a ${mediaType} that is not in a file`);
  const { fd, offset, size } = bytes;
  return { file: readlinkSync(`/proc/self/fd/${fd}`), offset, size, compression: compressionOf(mediaType) };
}

function compressionOf(mediaType: string): FloorLayer["compression"] {
  if (mediaType.endsWith("gzip")) return "gzip";
  return mediaType.endsWith("zstd") ? "zstd" : "none";
}
