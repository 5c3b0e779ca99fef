import type { LayerBytes, LayerDownload, LayerSource } from "../source/open-image.ts";
import { CorruptImageError } from "../tar/corrupt-image.ts";

/**
 * Reads a layer. A corrupt download is read once more without caches, since a cache may have changed it; if
 * it is still corrupt, the image itself is corrupt.
 */
export async function readAgainIfCorrupt<B extends LayerBytes, T>(
  bytes: B,
  read: (bytes: B | LayerDownload) => Promise<T>,
): Promise<T> {
  try {
    return await read(bytes);
  } catch (error) {
    if (bytes.kind !== "stream" || !(error instanceof CorruptImageError)) throw error;
    return read(pastCaches(bytes));
  }
}

/** Like readAgainIfCorrupt(), for layers that succeed or fail together. */
export async function readAllAgainIfCorrupt<T>(
  layers: readonly LayerSource[],
  read: (layers: readonly LayerSource[]) => Promise<T>,
): Promise<T> {
  try {
    return await read(layers);
  } catch (error) {
    const hasDownload = layers.some(({ bytes }) => bytes.kind === "stream");
    if (!hasDownload || !(error instanceof CorruptImageError)) throw error;
    return read(
      layers.map((layer) =>
        layer.bytes.kind === "stream" ? { ...layer, bytes: pastCaches(layer.bytes) } : layer,
      ),
    );
  }
}

function pastCaches(bytes: LayerDownload): LayerDownload {
  return { kind: "stream", open: () => bytes.open(true) };
}
