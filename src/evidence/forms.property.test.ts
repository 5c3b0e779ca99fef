// The same image in every storage format, large enough that layers span many read blocks and are read in
// threads.

import { createHash } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeDockerArchive } from "../../test/fixtures/image/docker-archive.ts";
import { emptyImage, type ImageValue, withConfig, withLayer } from "../../test/fixtures/image/image.ts";
import { type Compression, layerOfTar } from "../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { openImage } from "../image/open.ts";
import { type TarEntry, writeTar } from "../image/tar/write.ts";
import { RULES } from "../rules/index.ts";
import { ImageFactsCollector } from "./image.ts";

/** Names that need PAX records, or none, and files that rules ask for, or not. */
const FOLDER = fc.constantFrom("app", "app/données", `srv/${"long/".repeat(30)}end`, "usr/lib", "etc");
const BASE = fc.constantFrom("été.log", "package.json", ".env", "x.conf", "run.sh", "lib.so", "a");
const SIZE = fc.oneof(fc.integer({ min: 0, max: 1_100 }), fc.constantFrom(511, 512, 513, 65_536, 262_144));

const entry: fc.Arbitrary<TarEntry> = fc.record({
  path: fc.tuple(FOLDER, fc.nat(400), BASE).map(([folder, at, base]) => `${folder}/${at}/${base}`),
  mode: fc.constantFrom(0o644, 0o755, 0o4755),
  uid: fc.constantFrom(0, 1_000, 2 ** 31),
  content: fc
    .tuple(fc.constantFrom("#!/bin/sh\n", "LOG_FILE=/var/log/x\n", "\x7fELF"), SIZE)
    .map(([begin, size]) => begin + "z".repeat(size)),
});
const layer = fc.array(entry, { minLength: 50, maxLength: 400 });

/** Incompressible files that make the image too large to be read without threads. */
const NOISE = Array.from({ length: 20 }, (_, index) => ({
  path: `usr/share/noise-${index}`,
  content: noise(String(index), 1_000_000 + index),
}));
/** Enough records that some are at the end of a block, and their headers in the next. */
const NAMES = Array.from({ length: 3_000 }, (_, index) => ({ path: `app/données/été-${index}.log` }));

function noise(seed: string, length: number): Uint8Array {
  return createHash("shake256", { outputLength: length }).update(seed).digest();
}

function imageOf(tars: readonly Uint8Array[], compression: Compression): ImageValue {
  const layers = tars.map((tar) => layerOfTar(tar, compression));
  const image = layers.reduce((below, one) => withLayer(below, one, { created_by: "COPY" }), emptyImage());
  return withConfig(image, { User: "1000", Entrypoint: ["/app/0/run.sh"] });
}

/** Facts of the image itself, without those of its storage format. */
async function factsOf(source: string) {
  const image = await openImage(source, { env: {} });
  try {
    const { image: facts } = await new ImageFactsCollector({ rules: RULES }).collect(image);
    const { platform, config, history, program, files, secrets } = facts;
    const layers = facts.layers.map(({ diffId, entries, base }) => ({ diffId, entries, base }));
    return { platform, config, history, program, files, secrets, layers };
  } finally {
    await image.close();
  }
}

test("an image gives the same evidence in every form", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(layer, { minLength: 2, maxLength: 3 }), async (layers) => {
      const folder = temporaryDirectory();
      const tars = [writeTar(NOISE), writeTar(NAMES), ...layers.map(writeTar)];
      writeDockerArchive([{ image: imageOf(tars, "none"), tags: ["a:1"] }], join(folder, "image.tar"));
      const expected = await factsOf(`docker-archive:${join(folder, "image.tar")}`);
      const names = expected.files.filter(({ path }) => path.startsWith("/app/données/été-"));
      expect(names).toHaveLength(NAMES.length);
      for (const compression of ["none", "gzip", "zstd"] as const) {
        writeLayout(imageOf(tars, compression), join(folder, compression));
        expect(await factsOf(`oci:${join(folder, compression)}`)).toEqual(expected);
      }
    }),
    { numRuns: 4, endOnFailure: true },
  );
});
