import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { downloadOf, layerSource } from "../../../../test/fixtures/layer-sources.ts";
import { temporaryDirectory } from "../../../../test/fixtures/temporary-directory.ts";
import type { LayerSource } from "../../../image/source/open-image.ts";
import { JUDGED } from "../known/run-selectors.ts";
import { LayerReading } from "../layer-reading.ts";
import { layersFolder } from "./cache-folder.ts";
import { seal, unsealFile } from "./checksummed-json.ts";

const BELOW = layerOf([
  { path: "app/start", content: "#!/bin/sh\nexec true\n", mode: 0o755 },
  { path: "app/old.conf", content: "old" },
]);
const ABOVE = layerOf([
  { path: "app/new.conf", content: "new" },
  { path: "app/.wh.old.conf", content: "" },
  {
    path: "root/.npmrc",
    content: "//registry.npmjs.org/:_authToken=npm_2mZ8kQx7Vb4TnR6yLw1cJd9sHf3gPa0uEeXo\n",
  },
]);
const START = { argv: ["start"], path: "/app", workingDir: "/" };
const SELECTORS = [{ suffixes: [".conf"], scope: "layers" as const, content: 100 }];

/** Reads through a cache in a folder, and the layers that they opened. */
function cached(directory = temporaryDirectory()) {
  const opened: string[] = [];
  const cache = { directory, douane: "1.0.0" };
  const below = layerSource(
    BELOW,
    downloadOf(BELOW, () => opened.push("below")),
  );
  const above = layerSource(
    ABOVE,
    downloadOf(ABOVE, () => opened.push("above")),
  );
  const read = (sources: readonly LayerSource[] = [below, above], starts = [START]) =>
    readOnce(new LayerReading({ selectors: SELECTORS, cache }), sources, starts);
  return { directory, opened, below, above, read };
}

async function readOnce(reading: LayerReading, sources: readonly LayerSource[], starts: (typeof START)[]) {
  const contents = await reading.read(sources, starts);
  const { cacheProblem } = reading;
  return { contents, ...(cacheProblem === undefined ? {} : { cacheProblem }) };
}

function entriesIn(directory: string): {
  readonly images: readonly string[];
  readonly layers: readonly string[];
} {
  const folder = layersFolder(directory);
  const versions = readdirSync(folder).filter((name) => name !== "pruned");
  const files = versions.flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => join(folder, name, file)),
  );
  const isImage = (file: string) => file.includes("/images-");
  return { images: files.filter(isImage), layers: files.filter((file) => !isImage(file)) };
}

test("a known image needs neither its layers nor what is known of them", async () => {
  const { directory, opened, read } = cached();
  const first = await read();
  expect(first.contents.secrets).toMatchObject([{ at: { in: "file", path: "/root/.npmrc", layer: 1 } }]);
  expect(first.contents.files).toMatchObject([
    { path: "/app/new.conf" },
    { path: "/app/old.conf", hidden: true },
  ]);
  for (const layer of entriesIn(directory).layers) rmSync(layer);
  // Identical bytes: saved evidence does not reveal whether the image was cached.
  expect(JSON.stringify(await read())).toBe(JSON.stringify(first));
  expect(opened).toEqual(["below", "above"]);
});

test("another start command, another order and fewer layers are other images, of layers that are known", async () => {
  const { directory, opened, below, above, read } = cached();
  const { contents } = await read();
  const other = await read(undefined, [{ ...START, argv: ["other"] }]);
  expect(other.contents.programs[0]?.argv).toEqual(["other"]);
  const turned = await read([above, below]);
  expect(turned.contents.entries).toEqual(contents.entries.toReversed());
  expect((await read([below])).contents.files).toMatchObject([{ path: "/app/old.conf", content: "old" }]);
  expect(entriesIn(directory).images).toHaveLength(4);
  expect(opened).toHaveLength(2);
});

test("an image with a layer that cannot be read is not kept: it may be readable the next time", async () => {
  const { directory, below, above, read } = cached();
  await read([{ ...below, bytes: { kind: "unreadable", reason: { fr: "", en: "" } } }, above]);
  expect(entriesIn(directory).images).toEqual([]);
  const [program] = (await read([below, above])).contents.programs;
  expect(program?.steps[0]?.file).toBe("/app/start");
});

describe("an entry that is damaged or foreign is ignored, and written anew", () => {
  const change = (stored: Buffer, part: object) => {
    const name = stored.toString("utf8").split("\n")[0] ?? "";
    return seal(name, { ...(unsealFile(name, stored) as object), ...part });
  };
  test.each<[string, (stored: Buffer) => Uint8Array]>([
    ["empty", () => Buffer.alloc(0)],
    ["torn", (stored) => stored.subarray(0, -20)],
    [
      "one character changed",
      (stored) => Buffer.from(stored.toString("utf8").replace("new.conf", "now.conf")),
    ],
    ["of another form", (stored) => change(stored, { files: [{ path: "/a" }] })],
    ["of more layers", (stored) => change(stored, { entries: [1, 2, 3] })],
  ])("%s", async (_, damage) => {
    const { directory, read } = cached();
    const first = await read();
    const [image = ""] = entriesIn(directory).images;
    const stored = readFileSync(image);
    writeFileSync(image, damage(stored));
    expect(await read()).toEqual(first);
    expect(readFileSync(image).equals(stored)).toBe(true);
  });
});

test("a cache that cannot be written is reported, beside the contents", async () => {
  const { directory, read } = cached(join(temporaryDirectory(), "file"));
  writeFileSync(directory, "");
  const { contents, cacheProblem } = await read();
  expect(contents.entries).toEqual([2, 3]);
  expect(cacheProblem?.en).toContain(directory);
});

test("an image entry that alone cannot be written costs time, nothing else", async () => {
  const { directory, opened, read } = cached();
  const first = await read();
  const [image = ""] = entriesIn(directory).images;
  rmSync(image);
  mkdirSync(image);
  expect(await read()).toEqual(first);
  expect(opened).toHaveLength(2);
});

test("runs at the same time give the same, and leave nothing but whole entries", async () => {
  const { directory, read } = cached();
  const runs = await Promise.all(Array.from({ length: 8 }, () => read()));
  for (const run of runs) expect(run).toEqual(runs[0]);
  const { images, layers } = entriesIn(directory);
  expect([images.length, layers.length]).toEqual([1, 2 * JUDGED.length]);
  expect([...images, ...layers].every((file) => file.endsWith(".json"))).toBe(true);
});

test("an image that is used keeps its layers young, too", async () => {
  const { directory, read } = cached();
  await read();
  const { images, layers } = entriesIn(directory);
  for (const file of [...images, ...layers]) utimesSync(file, 1_000, 1_000);
  await read();
  for (const file of [...images, ...layers]) expect(statSync(file).mtimeMs).toBeGreaterThan(1_000_000);
});
