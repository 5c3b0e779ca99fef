import { readdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { downloadOf, layerSource } from "../../../../test/fixtures/layer-sources.ts";
import { temporaryDirectory } from "../../../../test/fixtures/temporary-directory.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import type { FileSelector } from "../../../contract/file-selector.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { layersFolder } from "../cache/cache-folder.ts";
import { kindOf } from "../cache/layer-entry.ts";
import type { AnalyzerName } from "../facts/facts.ts";
import type { ImageContents } from "../facts/image-contents.ts";
import { LayerReading } from "../layer-reading.ts";
import { JUDGED } from "./run-selectors.ts";

const BASE = layerOf([
  { path: "etc/passwd", content: "root:x:0:0" },
  { path: "usr/lib/os-release", content: "ID=debian" },
]);
const APP = layerOf([
  { path: "app/a.conf", content: "a".repeat(900) },
  { path: "app/b.conf", content: "b".repeat(900) },
  { path: "app/notes.txt", content: "notes" },
  { path: "app/.wh.gone.txt", content: "" },
  { path: "app/run.sh", content: "#!/bin/sh\ncat /app/notes.txt\nexec true\n", mode: 0o755 },
]);
const START = { argv: ["/app/run.sh"], path: "/app", workingDir: "/" };
const CONF: FileSelector = { suffixes: [".conf"], content: 100 };
const TEXTS: FileSelector = { suffixes: [".txt"], scope: "layers", content: 100 };

/** A cache; runs of the image with other selectors, and which layers each of them opened and which entries it wrote. */
function cached(values = [BASE, APP]) {
  const directory = temporaryDirectory();
  async function run(...selectors: readonly FileSelector[]) {
    const before = entriesIn(directory);
    const opened: number[] = [];
    const sources = values.map((value, index) =>
      layerSource(
        value,
        downloadOf(value, () => opened.push(index)),
      ),
    );
    const cache = { directory, douane: "1.0.0" };
    const contents = await new LayerReading({ selectors, cache }).read(sources, [START]);
    const after = entriesIn(directory);
    const written = [...after].filter(([name, inode]) => before.get(name) !== inode).map(([name]) => name);
    const kinds = written.map((name) => name.split("/")[0] ?? "").filter((kind) => kind !== "images-1");
    return { contents, opened, written: kinds.toSorted() };
  }
  return { directory, run };
}

/** Result of a run without a cache. */
async function fresh(selectors: readonly FileSelector[], values = [BASE, APP]): Promise<ImageContents> {
  const { contents } = await cached(values).run(...selectors);
  return contents;
}

/** Inode by entry: it changes when the entry is rewritten. */
function entriesIn(directory: string): ReadonlyMap<string, number> {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".json"));
  return new Map(
    files.map((name) => [name.replace(/^layers\//, ""), statSync(join(directory, name)).ino] as const),
  );
}

function twice(kind: AnalyzerName): readonly string[] {
  return [kindOf(kind), kindOf(kind)];
}

describe("a cache that was filled before a rule asked for one more file", () => {
  test("is read again only for that: the layer that holds it, the analyzer of files", async () => {
    const { run } = cached();
    const first = await run(CONF);
    expect(first.opened).toEqual([0, 1]);
    expect(first.written).toEqual(JUDGED.flatMap(twice).toSorted());
    const more = await run(CONF, TEXTS);
    expect(more.opened).toEqual([1]);
    expect(more.written).toEqual(twice("files"));
    expect(more.contents).toEqual(await fresh([CONF, TEXTS]));
    expect(more.contents.files.map(({ path, content }) => [path, content?.length])).toEqual([
      ["/app/a.conf", 100],
      ["/app/b.conf", 100],
      ["/app/notes.txt", 5],
    ]);
  });

  test("is not read at all when no layer holds such a file, or only its header is asked for", async () => {
    const { run } = cached();
    await run(CONF);
    const none = await run(CONF, { names: ["nowhere"], content: 100 });
    expect([none.opened, none.written]).toEqual([[], twice("files")]);
    const headers = await run(CONF, { under: ["/etc"] });
    expect(headers.opened).toEqual([]);
    expect(headers.contents).toEqual(await fresh([CONF, { under: ["/etc"] }]));
    expect(headers.contents.files.map(({ path }) => path)).toContain("/etc/passwd");
    // The result is cached: the next run writes nothing.
    expect((await run(CONF, { names: ["nowhere"], content: 100 })).written).toEqual([]);
  });

  test("is read again for the file that a path leads to", async () => {
    const { run } = cached();
    await run(CONF);
    const asked: FileSelector = { paths: ["/usr/lib/os-release"], content: 100 };
    const { opened, contents } = await run(CONF, asked);
    expect(opened).toEqual([0]);
    expect(contents).toEqual(await fresh([CONF, asked]));
  });

  test("is read again where more of a file is wanted than was kept", async () => {
    const { run } = cached();
    await run(CONF);
    const longer: FileSelector = { names: ["a.conf"], content: 500 };
    const { opened, contents } = await run(CONF, longer);
    expect(opened).toEqual([1]);
    expect(contents).toEqual(await fresh([CONF, longer]));
    expect(contents.files.map(({ content }) => content?.length)).toEqual([500, 100]);
  });
});

test("a cache that knows more than is asked needs nothing, and shows nothing of it", async () => {
  const { run } = cached();
  await run(CONF, TEXTS, { under: ["/etc"], content: 10 });
  for (const selectors of [[CONF], [TEXTS], []]) {
    const { opened, written, contents } = await run(...selectors);
    expect([opened, written]).toEqual([[], []]);
    expect(contents).toEqual(await fresh(selectors));
  }
});

describe("a new version of one analyzer reads the layers for its part alone", () => {
  test.each(JUDGED.filter((name) => name !== "entries"))("%s", async (name) => {
    const { directory, run } = cached();
    const first = await run(CONF);
    // A cache left by the previous version.
    renameSync(join(layersFolder(directory), kindOf(name)), join(layersFolder(directory), `${name}-0`));
    const images = join(layersFolder(directory), "images-1");
    renameSync(images, `${images}-of-the-version-before`);
    const { opened, written, contents } = await run(CONF);
    expect([opened, written]).toEqual([[0, 1], twice(name)]);
    expect(contents).toEqual(first.contents);
  });
});

test("a new version of a reader reads no layer again, and the image's texts anew", async () => {
  const { run } = cached();
  const reading = (version: number): FileSelector => ({
    ...CONF,
    reader: {
      name: "size",
      version,
      read: (_, text = "") => [
        { name: `v${version}`, value: `${text.length}`, line: 1, certainty: "certain" },
      ],
    },
  });
  const settings = ({ contents }: Awaited<ReturnType<typeof run>>) =>
    contents.files.map((file) => file.settings?.["size"]?.map(({ name, value }) => `${name} ${value}`));
  const first = await run(reading(1));
  expect([first.opened, settings(first)]).toEqual([
    [0, 1],
    [["v1 100"], ["v1 100"]],
  ]);
  const second = await run(reading(2));
  expect([second.opened, second.written, settings(second)]).toEqual([[], [], [["v2 100"], ["v2 100"]]]);
  // Nor does a rule that wants the text itself.
  const texts = await run(CONF);
  expect([texts.opened, texts.written]).toEqual([[], []]);
  expect(texts.contents.files.map(({ content }) => content?.length)).toEqual([100, 100]);
});

test("a new version of douane reads no layer again", async () => {
  const { directory, run } = cached();
  await run(CONF);
  const sources = [BASE, APP].map((value) =>
    layerSource(value, { kind: "stream", open: () => Promise.reject(new Error("opened")) }),
  );
  const reading = new LayerReading({ selectors: [CONF], cache: { directory, douane: "2.0.0" } });
  expect(await reading.read(sources, [START])).toEqual(await fresh([CONF]));
});

test("where the bound left no room for a layer's texts, who else asked does not show", async () => {
  const count = LIMITS.keptBytesPerLayer / LIMITS.keptFileBytes + 1;
  const entries = Array.from({ length: count }, (_, index) => ({
    path: `app/${index}.big`,
    content: Buffer.alloc(LIMITS.keptFileBytes, "x"),
  }));
  const big = layerOf([...entries, { path: "app/z.conf", content: "z" }], "none");
  const bigOnes: FileSelector = { suffixes: [".big"], content: LIMITS.keptFileBytes };
  const { run } = cached([big]);
  const both = await run(bigOnes, CONF);
  expect(both.contents.files.at(-1)).toMatchObject({ path: "/app/z.conf", content: "", truncated: true });
  expect((await run(bigOnes, CONF)).opened).toEqual([]);
  const fewer = await run(CONF);
  expect(fewer.opened).toEqual([0]);
  expect(fewer.contents).toEqual(await fresh([CONF], [big]));
  const again = await run(bigOnes, CONF);
  expect(again.contents).toEqual(both.contents);
});

test("a layer that could not be read is not known afterwards, though the image was read in two passes", async () => {
  const linked = layerOf([
    { path: "data/users", content: "app:x:1" },
    { path: "etc/passwd", type: "symlink", link: "/data/users" },
  ]);
  const asked: FileSelector = { paths: ["/etc/passwd"], content: 100 };
  const directory = temporaryDirectory();
  const read = (isReadable: boolean) => {
    const foreign = isReadable
      ? downloadOf(APP)
      : { kind: "unreadable" as const, reason: { fr: "", en: "" } };
    const sources = [layerSource(APP, foreign), layerSource(linked, downloadOf(linked))];
    const reading = new LayerReading({ selectors: [asked, CONF], cache: { directory, douane: "1.0.0" } });
    return reading.read(sources, [START]);
  };
  const without = await read(false);
  expect(without.files).toMatchObject([{ path: "/etc/passwd", content: "app:x:1" }]);
  expect(without.entries).toEqual([0, 2]);
  const { files } = await read(true);
  expect(files.map(({ path }) => path)).toEqual(["/app/a.conf", "/app/b.conf", "/etc/passwd"]);
});

test("what archives hold is asked for anew where other members are asked for", async () => {
  const layer = layerOf([
    { path: "app/a.jar", content: zipOf([{ name: "a.conf", content: "a=1\n" }]) },
    { path: "app/b.conf", content: "b=1\n" },
  ]);
  const packed = { ...CONF, packed: true } as const;
  const { run } = cached([layer]);
  expect((await run(CONF)).contents.files.map(({ path }) => path)).toEqual(["/app/b.conf"]);
  const { contents, opened } = await run(packed);
  expect(opened).toEqual([0]);
  expect(contents.files).toMatchObject([
    { path: "/app/a.jar!/a.conf", size: 4, packed: true, content: "a=1\n" },
    { path: "/app/b.conf" },
  ]);
  expect((await run(CONF)).contents.files).toHaveLength(1);
  expect((await run(packed)).opened).toEqual([]);
});
