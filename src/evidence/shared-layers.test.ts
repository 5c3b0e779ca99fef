import { describe, expect, test } from "vitest";
import { startServer } from "../../test/fixtures/fake-registry.ts";
import {
  blobsOf,
  emptyImage,
  type ImageValue,
  manifestOf,
  withLayer,
} from "../../test/fixtures/image/image.ts";
import { layerOf } from "../../test/fixtures/image/layer.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { imageOpener } from "../image/open.ts";
import { ImageFactsCollector } from "./image.ts";

const COUNT = 6;
const SHARED = [layerOf([{ path: "etc/passwd", content: "root:x:0:0" }]), layerOf([{ path: "usr/bin/x" }])];
const IMAGES = Array.from({ length: COUNT }, (_, index) => {
  const shared = SHARED.reduce((image, layer) => withLayer(image, layer), emptyImage());
  return withLayer(shared, layerOf([{ path: `app/${index}`, content: String(index) }]));
});

/** A registry that has each image under `image0`, `image1`… and answers slowly; the blobs that it was asked for. */
async function registry(images: readonly ImageValue[]) {
  const { host, requests } = await startServer((request, response) => {
    const [, index, path = ""] = /^\/v2\/image(\d+)\/(.*)$/.exec(request.url ?? "") ?? [];
    const image = images[Number(index)] ?? emptyImage();
    const manifest = manifestOf(image);
    const blob = blobsOf(image).find(({ digest }) => path.endsWith(digest));
    response.setHeader("content-type", manifest.mediaType);
    setTimeout(() => response.end(blob?.bytes ?? manifest.bytes), 20);
  });
  const layers = new Set(images.flatMap(({ layers }) => layers.map(({ digest }) => digest)));
  const downloads = () =>
    requests
      .flatMap(({ url = "" }) => [...layers].filter((digest) => url.endsWith(`/blobs/${digest}`)))
      .toSorted();
  return { host, layers: [...layers].toSorted(), downloads };
}

/** The entries of each image's layers. */
async function collectAll(host: string, collector: ImageFactsCollector, atOnce: boolean) {
  const opener = imageOpener({ env: {}, insecureRegistries: [host] });
  const collect = async (_: unknown, index: number) => {
    const image = await opener.openRegistry(`${host}/image${index}`);
    try {
      return (await collector.collect(image)).image.layers.map(({ entries }) => entries);
    } finally {
      await image.close();
    }
  };
  try {
    if (atOnce) return await Promise.all(IMAGES.map(collect));
    const collected = [];
    for (const index of IMAGES.keys()) collected.push(await collect(undefined, index));
    return collected;
  } finally {
    await opener.close();
  }
}

describe.each([
  ["at the same time", true],
  ["one after the other", false],
])("images of a run that share layers, read %s", (_, atOnce) => {
  test.each([
    ["without a cache", false],
    ["with a cache", true],
  ])("%s: each layer is downloaded once", async (__, hasCache) => {
    const { host, layers, downloads } = await registry(IMAGES);
    const cache = hasCache ? { cache: { directory: temporaryDirectory(), douane: "1.0.0" } } : {};
    const collector = new ImageFactsCollector({ rules: [], isShared: true, ...cache });
    expect(await collectAll(host, collector, atOnce)).toEqual(IMAGES.map(() => [1, 1, 1]));
    expect(downloads()).toEqual(layers);
    expect(layers).toHaveLength(SHARED.length + COUNT);
  });
});

test("a cache that cannot be written is no reason to download a layer twice", async () => {
  const { host, layers, downloads } = await registry(IMAGES);
  const collector = new ImageFactsCollector({
    rules: [],
    isShared: true,
    cache: { directory: "/dev/null", douane: "1.0.0" },
  });
  await collectAll(host, collector, false);
  expect(collector.cacheProblem?.fr).toContain("/dev/null");
  expect(downloads()).toEqual(layers);
});
