import {
  blobsOf,
  emptyImage,
  type ImageValue,
  manifestOf,
  withConfig,
  withLayer,
} from "../../../test/fixtures/image/image.ts";
import { type LayerValue, layerOf } from "../../../test/fixtures/image/layer.ts";

/** Images of a platform, and the bases and middle layers that they share. */
export const IMAGES = 1_000;
const [BASES, MIDDLES, TOPS] = [20, 80, 200];
const LAYERS = BASES + MIDDLES + TOPS;
/** Files per layer, as in a small application. */
const FILES_PER_LAYER = 150;

/** Content of a registry, by path below /v2/. */
export type Contents = ReadonlyMap<string, { readonly mediaType: string; readonly bytes: Uint8Array }>;

export function imagePath(index: number): string {
  return `team-${index % 40}/web-${index}`;
}

export function contents(): Contents {
  const layers = Array.from({ length: LAYERS }, (_, index) => layer(index));
  const held = new Map<string, { mediaType: string; bytes: Uint8Array }>();
  for (let index = 0; index < IMAGES; index++) {
    const image = imageOf(index, layers);
    held.set(`${imagePath(index)}/manifests/1.0.0`, manifestOf(image));
    for (const blob of blobsOf(image)) held.set(`${imagePath(index)}/blobs/${blob.digest}`, blob);
  }
  return held;
}

function imageOf(index: number, layers: readonly LayerValue[]): ImageValue {
  const own = [index % BASES, BASES + (index % MIDDLES), BASES + MIDDLES + (index % TOPS)];
  const image = own.reduce(
    (below, number) => withLayer(below, layers[number] ?? layer(number)),
    emptyImage(),
  );
  return withConfig(image, { User: "1000", Entrypoint: ["/app/start"], Cmd: [`--name=web-${index}`] });
}

function layer(index: number): LayerValue {
  const files = Array.from({ length: FILES_PER_LAYER }, (_, file) => ({
    path: `app/lib-${index}/module-${file}.js`,
    content: `export const value${file} = ${index};\n`.repeat(20),
  }));
  const start = { path: "app/start", mode: 0o755, content: "#!/bin/sh\nexec node /app/server.js\n" };
  return layerOf([{ path: "etc/passwd", content: "app:x:1000:1000::/app:/bin/sh\n" }, start, ...files]);
}
