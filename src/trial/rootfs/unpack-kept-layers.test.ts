import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emptyImage, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOfTar } from "../../../test/fixtures/image/layer.ts";
import { imageOf, openedImage } from "../../../test/fixtures/opened-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { contentsOf } from "../../../test/fixtures/trial/unpack.ts";
import type { TarEntry } from "../../image/tar/write.ts";
import { unpackLayers } from "./unpack-layers.ts";

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)("layers are kept", () => {
  const entries: TarEntry[] = [{ path: "file", content: "x".repeat(1e6) }];

  test("and used again without the image's bytes", async () => {
    const directory = temporaryDirectory();
    const first = await unpackLayers(await openedImage(imageOf(entries)), { directory });
    const image = await openedImage(imageOf(entries));
    const unread = image.layers.map((layer) => ({
      ...layer,
      bytes: { kind: "unreadable", reason: { fr: "absente", en: "absent" } } as const,
    }));
    const again = await unpackLayers({ ...image, layers: unread }, { directory });
    expect(again.layers).toEqual(first.layers);
    await expect(
      unpackLayers({ ...image, layers: unread }, { directory: temporaryDirectory() }),
    ).rejects.toMatchObject({ code: "layer-unreadable" });
  });

  test("once, however many want them at the same time", async () => {
    const directory = temporaryDirectory();
    const image = await openedImage(imageOf(entries, [{ path: "other", content: "y" }]));
    const all = await Promise.all(Array.from({ length: 8 }, () => unpackLayers(image, { directory })));
    expect(new Set(all.map(({ layers }) => layers.join())).size).toBe(1);
    expect(all.map((unpacked) => contentsOf(unpacked, "/other"))).toEqual(all.map(() => ["y"]));
    expect(readdirSync(all[0]?.base ?? "")).toHaveLength(3);
    expect(readdirSync(join(all[0]?.base ?? "", "new"))).toEqual([]);
  });

  test("only when they are what was declared", async () => {
    const directory = temporaryDirectory();
    const [layer] = imageOf(entries).layers;
    const lying = withLayer(emptyImage(), {
      ...layerOfTar(layer?.tar ?? new Uint8Array()),
      diffId: `sha256:${"0".repeat(64)}`,
    });
    await expect(unpackLayers(await openedImage(lying), { directory })).rejects.toMatchObject({
      code: "layer-diff-id",
    });
    expect(readdirSync(join(directory, "layers-1", "host"))).toEqual(["new"]);
  });

  test("an aborted run keeps nothing that is half", async () => {
    const directory = temporaryDirectory();
    const reason = new Error("enough");
    const image = await openedImage(imageOf(entries));
    await expect(unpackLayers(image, { directory, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(readdirSync(join(directory, "layers-1", "host"))).toEqual(["new"]);
  });
});
