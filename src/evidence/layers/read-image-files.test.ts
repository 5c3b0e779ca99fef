import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { downloadOf, layerSource } from "../../../test/fixtures/layer-sources.ts";
import { layerOf } from "../../image/mutate/layer.ts";
import type { LayerSource } from "../../image/open-image.ts";
import { readImageFiles } from "./read-image-files.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-image-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("contents that only a link leads to are read in a second pass", () => {
  const BELOW = layerOf([
    { path: "nix/store/abc-users", content: "root:x:0:0" },
    { path: "usr/bin/start", content: "#!/bin/sh\nexec true\n", mode: 0o755 },
    { path: "app/kept.conf", content: "kept" },
  ]);
  const ABOVE = layerOf([{ path: "etc/passwd", type: "symlink", link: "/nix/store/abc-users" }]);
  const START = { argv: ["start"], path: "/usr/bin", workingDir: "/" };
  const selectors = [
    { paths: ["/etc/passwd"], content: 100 },
    { suffixes: [".conf"], content: 100 },
  ];

  function sources(opened: string[]): LayerSource[] {
    return [BELOW, ABOVE].map((value, index) =>
      layerSource(
        value,
        downloadOf(value, () => opened.push(String(index))),
      ),
    );
  }

  test("of the layers that hold them only, and are remembered", async () => {
    const cache = { directory: join(folder, "second"), douane: "1.0.0" };
    const opened: string[] = [];
    const first = await readImageFiles(sources(opened), [START], { selectors, cache });
    expect(opened).toEqual(["0", "1", "0"]);
    expect(first.contents.files.map(({ path, content }) => [path, content])).toEqual([
      ["/app/kept.conf", "kept"],
      ["/etc/passwd", "root:x:0:0"],
    ]);
    expect(first.contents.programs[0]?.steps[0]).toMatchObject({
      file: "/usr/bin/start",
      script: "#!/bin/sh\nexec true\n",
    });
    const again = await readImageFiles(sources(opened), [START], { selectors, cache });
    expect(opened).toHaveLength(3);
    expect(again).toEqual(first);
  });

  test("without a cache, too", async () => {
    const opened: string[] = [];
    const { contents } = await readImageFiles(sources(opened), [START], { selectors });
    expect(opened).toEqual(["0", "1", "0"]);
    expect(contents.files.map(({ content }) => content)).toEqual(["kept", "root:x:0:0"]);
  });
});

describe("scripts that scripts of the operating system's folders lead to", () => {
  /** `/usr/lib/s0` starts `/usr/lib/s1`, and so on: each is known as a script only when the one before was read. */
  function chain(length: number): LayerSource[] {
    const scripts = Array.from({ length }, (_, index) => ({
      path: `usr/lib/s${index}`,
      content: `#!/bin/sh\nexec /usr/lib/s${index + 1}\n`,
      mode: 0o755,
    }));
    const layer = layerOf([...scripts, { path: `usr/lib/s${length}`, content: "\x7fELF", mode: 0o755 }]);
    return [layerSource(layer, downloadOf(layer))];
  }
  const START = { argv: ["/usr/lib/s0"], path: "/usr/bin", workingDir: "/" };

  test("are all read", async () => {
    const { contents } = await readImageFiles(chain(3), [START], { selectors: [] });
    expect(contents.programs[0]?.cut).toBeUndefined();
    expect(contents.programs[0]?.steps.map(({ name }) => name)).toContain("/usr/lib/s3");
  });

  test("beyond the bound leave the start not followed to its end", async () => {
    const { contents } = await readImageFiles(chain(9), [START], { selectors: [] });
    expect(contents.programs[0]?.cut).toBe(true);
  });
});

test("a hard link into a layer that could not be read is no error", async () => {
  const below = layerOf([{ path: "a", content: "a" }]);
  const above = layerOf([{ path: "b", hardLink: "a" }]);
  const sources = [
    layerSource(below, { in: "nowhere", reason: { fr: "", en: "" } }),
    layerSource(above, downloadOf(above)),
  ];
  const start = { argv: ["/b"], path: "", workingDir: "/" };
  const { contents } = await readImageFiles(sources, [start], { selectors: [{ names: ["b"] }] });
  expect(contents.files).toMatchObject([{ path: "/b", type: "file", layer: 1 }]);
  expect(contents.programs[0]?.steps).toMatchObject([{ file: "/b" }]);
});
