// Unpacks images as a trial does, and nothing else. Started as `node unpack.cjs DIRECTORY SOURCE…`.

import { openImage } from "../../../src/image/open.ts";
import { unpackLayers } from "../../../src/trial/rootfs/unpack-layers.ts";

async function unpackImages([directory = "", ...sources]: readonly string[]): Promise<void> {
  for (const source of sources) {
    const image = await openImage(source, { env: {} });
    const unpacked = await unpackLayers(image, { directory });
    await unpacked.release();
    await image.close();
  }
}

void unpackImages(process.argv.slice(2));
