import type { LayerBytes, LayerDownload, LayerSource } from "../source/open-image.ts";
import { CorruptImageError } from "../tar/corrupt-image.ts";

/**
 * Reads a layer. A download that proves corrupt is read once more, past the caches on the way:
 * something there may have changed it. What is still wrong then is the image.
 */
export async function readAgainIfCorrupt<B extends LayerBytes, T>(
  bytes: B,
  read: (bytes: B | LayerDownload) => Promise<T>,
): Promise<T> {
  try {
    return await read(bytes);
  } catch (error) {
    if (bytes.in !== "stream" || !(error instanceof CorruptImageError)) throw error;
    return read(pastCaches(bytes));
  }
}

/** As readAgainIfCorrupt(), for layers that succeed or fail together. */
export async function readAllAgainIfCorrupt<T>(
  layers: readonly LayerSource[],
  read: (layers: readonly LayerSource[]) => Promise<T>,
): Promise<T> {
  try {
    return await read(layers);
  } catch (error) {
    const hasDownload = layers.some(({ bytes }) => bytes.in === "stream");
    if (!hasDownload || !(error instanceof CorruptImageError)) throw error;
    return read(
      layers.map((layer) =>
        layer.bytes.in === "stream" ? { ...layer, bytes: pastCaches(layer.bytes) } : layer,
      ),
    );
  }
}

function pastCaches(bytes: LayerDownload): LayerDownload {
  return { in: "stream", open: () => bytes.open(true) };
}
