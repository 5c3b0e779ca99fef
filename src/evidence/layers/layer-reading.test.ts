import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { downloadOf, layerSource } from "../../../test/fixtures/layer-sources.ts";
import type { LayerSource } from "../../image/source/open-image.ts";
import type { ImageContents, Start } from "./facts/image-contents.ts";
import { LayerReading, type ReadingOptions } from "./layer-reading.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-image-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads an image in a run of its own. */
async function readImageFiles(
  sources: readonly LayerSource[],
  starts: readonly Start[],
  options: ReadingOptions,
): Promise<{ readonly contents: ImageContents }> {
  return { contents: await new LayerReading(options).read(sources, starts) };
}

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

  test("of a layer that stands twice in the image, whichever of the two shows the file", async () => {
    const opened: string[] = [];
    const [below, above] = sources(opened);
    const twice = [below, above, below].filter((source) => source !== undefined);
    const { contents } = await readImageFiles(twice, [START], { selectors });
    expect(opened).toEqual(["0", "1", "0"]);
    expect(contents.files.map(({ content }) => content)).toEqual(["kept", "root:x:0:0"]);
  });

  test("without a cache, too", async () => {
    const opened: string[] = [];
    const { contents } = await readImageFiles(sources(opened), [START], { selectors });
    expect(opened).toEqual(["0", "1", "0"]);
    expect(contents.files.map(({ content }) => content)).toEqual(["kept", "root:x:0:0"]);
  });
});

describe("scripts that scripts of the operating system's folders lead to", () => {
  /**
   * `/usr/lib/s0` runs `/usr/lib/s1`, and so on: each is known to be a script only after the one before was
   * read.
   */
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

  test("are all read, as many as LIMITS.readPasses", async () => {
    const { contents } = await readImageFiles(chain(3), [START], { selectors: [] });
    expect(contents.programs[0]?.cut).toBeUndefined();
    expect(contents.programs[0]?.steps.map(({ name }) => name)).toContain("/usr/lib/s3");
  });

  test("beyond the bound leave the start not followed to its end", async () => {
    const { contents } = await readImageFiles(chain(9), [START], { selectors: [] });
    expect(contents.programs[0]?.cut).toBe(true);
  });
});

test("a program whose content was kept for its name is no script", async () => {
  const elf = `\x7fELF${"> /etc/x\n".repeat(9)}`;
  const layer = layerOf([
    { path: "usr/bin/passwd", content: elf, mode: 0o755 },
    { path: "app/start.sh", content: "#!/bin/sh\n/usr/bin/passwd -l root\n", mode: 0o755 },
  ]);
  const start = { argv: ["/app/start.sh"], path: "/usr/bin", workingDir: "/" };
  const selectors = [{ paths: ["/etc/passwd"], content: 100 }];
  const { contents } = await readImageFiles([layerSource(layer, downloadOf(layer))], [start], { selectors });
  const passwd = contents.programs[0]?.steps.find(({ file }) => file === "/usr/bin/passwd");
  expect(passwd).toBeDefined();
  expect(passwd?.script).toBeUndefined();
  expect(contents.programs[0]?.cut).toBeUndefined();
});

describe("how much of a file is known depends on who asks in this image, not on who asked first", () => {
  const TEXT = `#!/bin/sh\n${"# comment\n".repeat(500)}exec /app/x\n`;
  const TOOL = layerOf([
    { path: "usr/share/tool.txt", content: TEXT, mode: 0o755 },
    { path: "app/x", content: "\x7fELF", mode: 0o755 },
  ]);
  const LINK = layerOf([{ path: "etc/os-release", type: "symlink", link: "/usr/share/tool.txt" }]);
  const selectors = [{ paths: ["/etc/os-release"], content: 1_000 }];
  const sourcesOf = (...values: ReturnType<typeof layerOf>[]) =>
    values.map((value) => layerSource(value, downloadOf(value)));
  const tool = { argv: ["/usr/share/tool.txt"], path: "", workingDir: "/" };
  const other = { argv: ["/app/x"], path: "", workingDir: "/" };
  const images = [
    { sources: () => sourcesOf(TOOL, LINK), start: other },
    { sources: () => sourcesOf(TOOL), start: tool },
  ];

  test("short for one, long for the other, with a cache in either order as without", async () => {
    const alone = [];
    for (const { sources, start } of images)
      alone.push(await readImageFiles(sources(), [start], { selectors }));
    expect(alone[0]?.contents.files).toMatchObject([{ content: TEXT.slice(0, 1_000), truncated: true }]);
    expect(alone[1]?.contents.programs[0]?.steps.map(({ name }) => name)).toContain("/app/x");
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const cache = { directory: join(folder, `asked-${order.join("")}`), douane: "1.0.0" };
      for (const index of order) {
        const { sources, start } = images[index] ?? { sources: () => [], start: other };
        expect(await readImageFiles(sources(), [start], { selectors, cache })).toEqual(alone[index]);
      }
    }
  });

  test("a hard link that asks for more than its file's own name is read again", async () => {
    const layer = layerOf([
      { path: "data/CURRENT", content: "x".repeat(5_000) },
      { path: "etc/site.conf", hardLink: "data/CURRENT" },
    ]);
    const asked = [
      { names: ["CURRENT"], content: 64 },
      { suffixes: [".conf"], content: 4_000 },
    ];
    const { contents } = await readImageFiles(sourcesOf(layer), [other], { selectors: asked });
    expect(contents.files.map(({ path, content, truncated }) => [path, content?.length, truncated])).toEqual([
      ["/data/CURRENT", 64, true],
      ["/etc/site.conf", 4_000, true],
    ]);
  });
});

test("a secret whose first name was deleted is seen by the container while a hard link shows it", async () => {
  const below = layerOf([
    { path: "app/.netrc", content: "machine a login b password Hn7-kd82_Lq\n" },
    { path: "app/other", hardLink: "app/.netrc" },
  ]);
  const start = { argv: [], path: "", workingDir: "/" };
  const hiddenBy = async (...paths: readonly string[]) => {
    const above = layerOf(paths.map((path) => ({ path })));
    const sources = [below, above].map((value) => layerSource(value, downloadOf(value)));
    const { contents } = await readImageFiles(sources, [start], { selectors: [] });
    return contents.secrets.map(({ at }) => (at.in === "file" ? at.hidden : undefined));
  };
  expect(await hiddenBy("app/.wh..netrc")).toEqual([undefined]);
  expect(await hiddenBy("app/.wh..netrc", "app/.wh.other")).toEqual([true]);
});

test("a hard link into a layer that could not be read is no error", async () => {
  const below = layerOf([{ path: "a", content: "a" }]);
  const above = layerOf([{ path: "b", hardLink: "a" }]);
  const sources = [
    layerSource(below, { kind: "unreadable", reason: { fr: "", en: "" } }),
    layerSource(above, downloadOf(above)),
  ];
  const start = { argv: ["/b"], path: "", workingDir: "/" };
  const { contents } = await readImageFiles(sources, [start], { selectors: [{ names: ["b"] }] });
  expect(contents.files).toMatchObject([{ path: "/b", type: "file", layer: 1 }]);
  expect(contents.programs[0]?.steps).toMatchObject([{ file: "/b" }]);
});
