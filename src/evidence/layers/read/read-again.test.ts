import { describe, expect, test } from "vitest";
import { type LayerValue, layerOf } from "../../../../test/fixtures/image/layer.ts";
import { layerSource, pieces } from "../../../../test/fixtures/layer-sources.ts";
import { readLayersOnce } from "../../../../test/fixtures/read-layers.ts";
import { UnavailableError } from "../../../contract/error.ts";
import type { LayerBytes, LayerSource } from "../../../image/source/open-image.ts";

/** Layers so small that this thread reads them. */
const SMALL = layers(100);
/** Layers large enough to be read in threads. */
const LARGE = layers(9 * 1024 ** 2);

function layers(bytes: number): readonly LayerValue[] {
  return ["one", "two"].map((path) => layerOf([{ path, content: Buffer.alloc(bytes, path) }], "none"));
}

function changed(blob: Uint8Array): Uint8Array {
  const bytes = Buffer.from(blob);
  bytes.writeUInt8(bytes.readUInt8(600) ^ 1, 600);
  return bytes;
}

/**
 * Downloads whose second layer is altered by `answer`; records for each request whether it was a repeated
 * one.
 */
function downloads(values: readonly LayerValue[], answer: (blob: Uint8Array, afresh: boolean) => Uint8Array) {
  const asked: boolean[] = [];
  const sources = values.map((value, index): LayerSource => {
    const bytes: LayerBytes = {
      kind: "stream",
      async open(afresh = false) {
        if (index === 0) return pieces(value.blob);
        asked.push(afresh);
        return pieces(answer(value.blob, afresh));
      },
    };
    return layerSource(value, bytes);
  });
  return { asked, sources };
}

describe.each([
  ["on this thread", SMALL],
  ["in threads", LARGE],
])("a download, %s,", (_, values) => {
  test("that is corrupt is read again, past the caches", async () => {
    const { asked, sources } = downloads(values, (blob, afresh) => (afresh ? blob : changed(blob)));
    const read = await readLayersOnce(sources);
    expect(read.layers.map(({ entries }) => entries.paths)).toEqual([["/one"], ["/two"]]);
    expect(asked).toEqual([false, true]);
  });

  test("that stays corrupt is called so, and its layer named", async () => {
    const { asked, sources } = downloads(values, changed);
    await expect(readLayersOnce(sources)).rejects.toMatchObject({
      code: "layer-digest",
      exit: 65,
      message: expect.stringContaining(`layer 2 (${values[1]?.digest})`),
    });
    expect(asked).toEqual([false, true]);
  });

  test("that fails otherwise is not read again", async () => {
    const { asked, sources } = downloads(values, () => {
      throw new UnavailableError("network", { fr: "coupure", en: "cut" });
    });
    await expect(readLayersOnce(sources)).rejects.toMatchObject({ code: "network" });
    expect(asked).toEqual([false]);
  });
});

test("bytes that were read in vain do not count against the image's bounds, nor as progress", async () => {
  const seen: { readonly read: number; readonly total: number }[] = [];
  const { sources } = downloads(LARGE, (blob, afresh) => (afresh ? blob : changed(blob)));
  await readLayersOnce(sources, [], { onProgress: (progress) => seen.push(progress) });
  expect(seen.every(({ read, total }) => read <= total)).toBe(true);
});
