import { lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { imageOf, openedImage } from "../../../test/fixtures/opened-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { unpack } from "../../../test/fixtures/trial/unpack.ts";
import type { TarEntry } from "../../image/tar/write.ts";
import { unpackLayers } from "./unpack-layers.ts";

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)("nothing of an image reaches the host", () => {
  const outside = () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "target"), "host");
    return directory;
  };

  test.each<[string, (host: string) => readonly (readonly TarEntry[])[]]>([
    [
      "a file behind a link that leads out",
      (host) => [
        [
          { path: "out", type: "symlink", link: host },
          { path: "out/target", content: "image" },
        ],
      ],
    ],
    [
      "a file behind a relative link",
      (host) => [
        [
          { path: "out", type: "symlink", link: `../../../../../../../..${host}` },
          { path: "out/target", content: "image" },
        ],
      ],
    ],
    [
      "a link of a lower layer",
      (host) => [[{ path: "out", type: "symlink", link: host }], [{ path: "out/target", content: "image" }]],
    ],
    [
      "a file that replaces a link",
      (host) => [
        [
          { path: "out", type: "symlink", link: `${host}/target` },
          { path: "out", content: "image" },
        ],
      ],
    ],
    ["names that climb", (host) => [[{ path: `../../../../../../..${host}/target`, content: "image" }]]],
    ["a name that is absolute", (host) => [[{ path: `${host}/target`, content: "image" }]]],
    [
      "a deletion behind a link",
      (host) => [[{ path: "out", type: "symlink", link: host }, { path: "out/.wh.target" }]],
    ],
    [
      "an opaque directory behind a link",
      (host) => [[{ path: "out", type: "symlink", link: host }, { path: "out/.wh..wh..opq" }]],
    ],
    [
      "a directory that replaces a link and back",
      (host) => [
        [
          { path: "out", type: "symlink", link: host },
          { path: "out", type: "directory", mode: 0o777 },
          { path: "out/target", content: "image" },
        ],
      ],
    ],
  ])("%s", async (_, layers) => {
    const host = outside();
    const before = lstatSync(host);
    await unpack(...layers(host));
    expect([readFileSync(join(host, "target"), "utf8"), lstatSync(host).mode]).toEqual(["host", before.mode]);
    expect(readdirSync(host)).toEqual(["target"]);
  });

  test("a hard link to a file of the host is one to nothing", async () => {
    const host = outside();
    await expect(unpack([{ path: "out", hardLink: `${host}/target` }])).rejects.toMatchObject({
      code: "layer-hard-link",
    });
    expect(lstatSync(join(host, "target")).nlink).toBe(1);
  });

  test("a file behind a file is refused, and nothing of it kept", async () => {
    const directory = temporaryDirectory();
    const image = await openedImage(
      imageOf([
        { path: "a", content: "" },
        { path: "a/b", content: "" },
      ]),
    );
    await expect(unpackLayers(image, { directory })).rejects.toMatchObject({ code: "layer-path" });
    expect(readdirSync(join(directory, "layers-1", "host"))).toEqual(["new"]);
    expect(readdirSync(join(directory, "layers-1", "host", "new"))).toEqual([]);
  });

  test("only root may enter where setuid programs lie", async () => {
    const { base, layers } = await unpack([{ path: "su", mode: 0o4755, content: "x" }]);
    expect(lstatSync(base).mode & 0o777).toBe(0o700);
    expect(lstatSync(join(layers[0] ?? "", "su")).mode & 0o7777).toBe(0o4755);
  });
});
