// Unpacks images as a trial does, and nothing else. Started as `node unpack.js DIRECTORY SOURCE…`.

import { openImage } from "../../../src/image/open.ts";
import { unpackLayers } from "../../../src/trial/rootfs/unpack-layers.ts";

const [directory = "", ...sources] = process.argv.slice(2);
for (const source of sources) {
  const image = await openImage(source, { env: {} });
  const unpacked = await unpackLayers(image, { directory });
  await unpacked.release();
  await image.close();
}
