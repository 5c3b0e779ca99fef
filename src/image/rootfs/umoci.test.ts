import { execFileSync } from "node:child_process";
import { globSync, lstatSync, mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { emptyImage, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { EntryRecorder, type LayerEntries } from "../layer/entries.ts";
import { TarWalker } from "../tar/walk.ts";
import type { TarEntry } from "../tar/write.ts";
import { RootFs } from "./root-fs.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-umoci-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Change =
  | "directory"
  | "file"
  | "setuid"
  | "symlink"
  | "hardlink"
  | "lowerlink"
  | "linklink"
  | "whiteout"
  | "opaque"
  | "nothing";

const NAMES = ["a", "b", "c"];
const PATHS = NAMES.flatMap((a) => [a, ...NAMES.flatMap((b) => [`${a}/${b}`, `${a}/${b}/x`, `${a}/${b}/y`])]);

/** A file that only the lowest layer has. */
const LOWEST = "lowest";

/** A layer with at most one entry per path, folders before their content. */
const layer = fc
  .array(
    fc.constantFrom<Change>(
      "directory",
      "file",
      "setuid",
      "symlink",
      "hardlink",
      "lowerlink",
      "linklink",
      "whiteout",
      "opaque",
      "nothing",
    ),
    { minLength: PATHS.length, maxLength: PATHS.length },
  )
  .map((changes) => {
    const directories = new Set<string>();
    let linked = LOWEST;
    const said = PATHS.flatMap((path, index) => {
      const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      if (parent !== "" && !directories.has(parent)) return [];
      const change = changes[index] ?? "nothing";
      if (change === "directory" || change === "opaque") directories.add(path);
      const entries = entriesFor(path, change, linked);
      if (entries[0]?.hardLink !== undefined) linked = path;
      return entries;
    });
    return [{ path: "first", content: "1" }, ...said];
  });

/** @param linked the latest hard link of the layer */
function entriesFor(path: string, change: Change, linked: string): TarEntry[] {
  const at = path.lastIndexOf("/") + 1;
  if (change === "directory") return [{ path: `${path}/`, type: "directory", mode: 0o750 }];
  if (change === "opaque") return [{ path: `${path}/`, type: "directory" }, { path: `${path}/.wh..wh..opq` }];
  if (change === "file") return [{ path, content: path }];
  if (change === "setuid") return [{ path, content: "program", mode: 0o4755 }];
  if (change === "symlink") return [{ path, type: "symlink", link: "../a" }];
  if (change === "hardlink") return [{ path, hardLink: "first" }];
  if (change === "lowerlink") return [{ path, hardLink: LOWEST }];
  if (change === "linklink") return [{ path, hardLink: linked }];
  return change === "whiteout" ? [{ path: `${path.slice(0, at)}.wh.${path.slice(at)}` }] : [];
}

test("the merged layers are what umoci unpacks", () => {
  let run = 0;
  fc.assert(
    fc.property(fc.array(layer, { minLength: 2, maxLength: 4 }), ([lowest = [], ...others]) => {
      const layers = [[{ path: LOWEST, content: "the lowest" }, ...lowest], ...others];
      run++;
      const directory = join(folder, String(run));
      const image = layers.reduce((below, entries) => withLayer(below, layerOf(entries)), emptyImage());
      writeLayout(image, join(directory, "layout"), { ref: "test" });
      const bundle = join(directory, "bundle");
      execFileSync("umoci", ["unpack", "--rootless", "--image", `${join(directory, "layout")}:test`, bundle]);
      const root = new RootFs(image.layers.map(({ tar }) => entriesOf(tar)));
      expect(merged(root)).toEqual(onDisk(join(bundle, "rootfs")));
    }),
    { numRuns: 40 },
  );
});

function merged(root: RootFs): string[] {
  return root
    .select(({ path }) => (path === "/" ? undefined : true))
    .map(({ file: { path, type, mode, size, link } }) => [path, type, mode, size, link ?? ""].join(" "))
    .toSorted();
}

function onDisk(root: string): string[] {
  return globSync("**", { cwd: root })
    .filter((path) => path !== "." && path !== "")
    .map((path) => {
      const stat = lstatSync(join(root, path));
      const isLink = stat.isSymbolicLink();
      const type = isLink ? "symlink" : stat.isDirectory() ? "directory" : "file";
      const link = isLink ? readlinkSync(join(root, path)) : "";
      return [`/${path}`, type, stat.mode & 0o7777, stat.isFile() ? stat.size : 0, link].join(" ");
    })
    .toSorted();
}

function entriesOf(tar: Uint8Array): LayerEntries {
  const recorder = new EntryRecorder();
  const walker = new TarWalker({ member: (member) => (recorder.add(member), 0), body: () => undefined });
  walker.push(tar);
  walker.end();
  return recorder.entries();
}
