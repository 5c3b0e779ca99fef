import { lstatSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { imageOf, openedImage } from "../../../test/fixtures/opened-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import type { TarEntry } from "../../image/tar/write.ts";
import { STANDARD_MOUNT_POINTS } from "./mount-points.ts";
import { unpackLayers } from "./unpack-layers.ts";

const OWN: TarEntry = { path: "app/", type: "directory", mode: 0o700, uid: 1_000, gid: 1_000 };

/** Mode and owner that a directory has in the topmost layer; undefined: it is not there. */
async function topmost(path: string, ...layers: readonly (readonly TarEntry[])[]) {
  const image = await openedImage(imageOf(...layers));
  const unpacked = await unpackLayers(image, {
    directory: temporaryDirectory(),
    mountPoints: STANDARD_MOUNT_POINTS,
  });
  const stat = lstatSync(join(unpacked.layers.at(-1) ?? "", path), { throwIfNoEntry: false });
  await unpacked.release();
  return stat === undefined ? undefined : [stat.mode & 0o7777, stat.uid, stat.gid];
}

test("a directory that a layer only implies keeps the owner and mode of the layers below", async () => {
  const implied = [{ path: "app/data/x", content: "x" }];
  expect(await topmost("app", [OWN], implied)).toEqual([0o700, 1_000, 1_000]);
  expect(await topmost("app", [OWN], implied, [{ path: "app/y", content: "y" }])).toEqual([
    0o700, 1_000, 1_000,
  ]);
  expect(await topmost("app/data", [OWN], implied)).toBeUndefined();
});

test.each<[string, readonly (readonly TarEntry[])[]]>([
  [
    "one that a layer has itself",
    [
      [OWN],
      [
        { ...OWN, uid: 0, gid: 0, mode: 0o755 },
        { path: "app/x", content: "x" },
      ],
    ],
  ],
  [
    "one that is plain below, too",
    [[{ path: "app/", type: "directory" }], [{ path: "app/x", content: "x" }]],
  ],
  ["one of the lowest layer", [[{ path: "app/x", content: "x" }], [{ path: "y", content: "y" }]]],
])("%s is left as it is", async (_, layers) => {
  expect(await topmost("app", ...layers)).toBeUndefined();
});
