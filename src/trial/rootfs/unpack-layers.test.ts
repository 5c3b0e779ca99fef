import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyImage, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOfTar } from "../../../test/fixtures/image/layer.ts";
import { openedImage } from "../../../test/fixtures/opened-image.ts";
import { withOverlay } from "../../../test/fixtures/overlay.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { contentsOf, unpack } from "../../../test/fixtures/trial/unpack.ts";
import type { RootFs } from "../../image/rootfs/root-fs.ts";
import type { TarEntry } from "../../image/tar/write.ts";
import { unpackLayers } from "./unpack-layers.ts";

const isRoot = process.getuid?.() === 0;

/** Every path with its visible properties, sorted. */
function listing(root: string): string[] {
  const below = (path: string): string[] =>
    readdirSync(root + path, { withFileTypes: true }).flatMap((item) => {
      const child = `${path}/${item.name}`;
      return [child, ...(item.isDirectory() ? below(child) : [])];
    });
  return below("")
    .flatMap((path) => {
      // A whiteout of a missing file: overlayfs lists it, but it cannot be opened.
      const stat = lstatSync(root + path, { throwIfNoEntry: false });
      if (stat === undefined) return [];
      const { mode, uid, gid, size, mtimeMs } = stat;
      const type = { 4: "directory", 8: "file", 10: "symlink", 1: "fifo" }[mode >> 12] ?? "other";
      const link = type === "symlink" ? readlinkSync(root + path) : "";
      return [path, type, mode & 0o7777, uid, gid, type === "file" ? size : 0, link, mtimeMs].join(" ");
    })
    .toSorted();
}

function expected(rootFs: RootFs): string[] {
  return rootFs
    .select(({ path }) => (path === "/" ? undefined : true))
    .map(({ file: { path, type, mode, uid, gid, size, link } }) =>
      [path, type, mode, uid, gid, type === "file" ? size : 0, link ?? "", 0].join(" "),
    )
    .toSorted();
}

describe.runIf(isRoot)("the layers laid over one another", () => {
  const NAMES = ["a", "b", "c"];
  const PATHS = NAMES.flatMap((a) => [a, ...NAMES.flatMap((b) => [`${a}/${b}`, `${a}/${b}/x`])]);
  const change = (path: string): fc.Arbitrary<TarEntry[]> => {
    const [directory, name] = [
      path.slice(0, path.lastIndexOf("/") + 1),
      path.slice(path.lastIndexOf("/") + 1),
    ];
    return fc.constantFrom<TarEntry[]>(
      [],
      [],
      [{ path: `${path}/`, type: "directory", mode: 0o2750, uid: 7 }],
      [{ path: `${path}/`, type: "directory" }, { path: `${path}/.wh..wh..opq` }],
      [{ path, content: path, mode: 0o4711, uid: 1_000, gid: 2_000 }],
      [{ path, type: "symlink", link: "../a", uid: 5 }],
      [{ path, hardLink: "first" }],
      [{ path, hardLink: "capable" }],
      [{ path, type: "fifo", mode: 0o620, gid: 9 }],
      [{ path: `${directory}.wh.${name}` }],
    );
  };
  const first: TarEntry[] = [
    { path: "first", content: "1" },
    { path: "capable", content: "2", mode: 0o755, xattrs: { "security.capability": capability() } },
  ];
  /** Folders precede their content: entries below a file are refused, as another test shows. */
  const layer = fc.tuple(...PATHS.map(change)).map((changes) => {
    const directories = new Set([""]);
    const said = changes.flatMap((entries, index) => {
      const path = PATHS[index] ?? "";
      if (!directories.has(path.slice(0, Math.max(0, path.lastIndexOf("/"))))) return [];
      if (entries[0]?.type === "directory") directories.add(path);
      return entries;
    });
    return [...first, ...said];
  });

  test("are what is known of the merged image", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(layer, { minLength: 1, maxLength: 4 }), async (layers) => {
        const unpacked = await unpack(...layers);
        expect(withOverlay(unpacked, listing)).toEqual(expected(unpacked.rootFs));
      }),
      { numRuns: 40 },
    );
  });
});

function capability(): Uint8Array {
  // Revision 2, effective, permitted: CAP_NET_BIND_SERVICE.
  return Uint8Array.of(1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

describe.runIf(isRoot)("what layers hold", () => {
  test("names that are no text, long paths, empty files, times", async () => {
    const odd = "caf\u{dce9}/\u{dcff}";
    const long = Array.from({ length: 12 }, () => "n".repeat(200)).join("/");
    const unpacked = await unpack([
      { path: odd, content: "latin", mtime: 1_000_000_000 },
      { path: long, content: "long" },
      { path: "empty" },
      { path: `whiteout-${"n".repeat(150)}/.wh.\u{dce9}` },
    ]);
    expect(contentsOf(unpacked, `/${odd}`, `/${long}`, "/empty", "/absent")).toEqual([
      "latin",
      "long",
      "",
      undefined,
    ]);
    const disk = Buffer.concat([Buffer.from(`${unpacked.layers[0]}/caf`), Buffer.of(0xe9, 0x2f, 0xff)]);
    expect(lstatSync(disk).mtimeMs).toBe(1e12);
  });

  test("names that are too long for a file system are an error that says so", async () => {
    await expect(unpack([{ path: "n".repeat(300), content: "" }])).rejects.toMatchObject({
      code: "unpack-name",
    });
    await expect(unpack([{ path: "l", type: "symlink", link: "" }])).rejects.toMatchObject({
      code: "unpack-name",
    });
  });

  test("devices are left out, and said", async () => {
    const unpacked = await unpack(
      [{ path: "dev/null", content: "below" }],
      [
        { path: "dev/null", type: "character", device: [1, 3] },
        { path: "dev/sda", type: "block", device: [8, 0] },
      ],
    );
    expect(unpacked.notes).toEqual([
      { kind: "device", path: "/dev/null" },
      { kind: "device", path: "/dev/sda" },
    ]);
    expect(withOverlay(unpacked, (root) => existsSync(join(root, "dev/null")))).toBe(false);
  });

  test("file capabilities are set", async () => {
    const metadata = { mode: 0o755, uid: 7, mtime: 5, xattrs: { "security.capability": capability() } };
    const unpacked = await unpack([
      { path: "capable", content: "#!", ...metadata },
      { path: "again", hardLink: "capable", ...metadata },
    ]);
    for (const name of ["capable", "again"]) {
      const file = join(unpacked.layers[0] ?? "", name);
      const code = "import os, sys; print(os.getxattr(sys.argv[1], 'security.capability').hex())";
      expect(execFileSync("python3", ["-c", code, file], { encoding: "utf8" }).trim()).toBe(
        Buffer.from(capability()).toString("hex"),
      );
      expect(lstatSync(file)).toMatchObject({ uid: 7, nlink: 2, mtimeMs: 5_000 });
    }
  });

  test("a sparse file takes no room for its holes", async () => {
    const folder = temporaryDirectory();
    execFileSync("sh", ["-c", "truncate -s 1G big && printf x >> big && tar --sparse -cf big.tar big"], {
      cwd: folder,
    });
    const layer = layerOfTar(readFileSync(join(folder, "big.tar")));
    const image = await openedImage(withLayer(emptyImage(), layer));
    const { layers } = await unpackLayers(image, { directory: temporaryDirectory() });
    const { size, blocks } = lstatSync(join(layers[0] ?? "", "big"));
    expect([size, blocks < 100]).toEqual([2 ** 30 + 1, true]);
  });

  test("a hard link to a file of a layer below is a copy above its own layer", async () => {
    const unpacked = await unpack(
      [
        { path: "d/", type: "directory", mode: 0o750, gid: 9 },
        { path: "d/file", content: "below", mode: 0o640, uid: 7, mtime: 5 },
        { path: "link", type: "symlink", link: "d/file" },
      ],
      [{ path: "d/.wh.file" }, { path: "d/other", hardLink: "d/file" }, { path: "linked", hardLink: "link" }],
      [{ path: "top", content: "top" }],
    );
    expect(unpacked.layers).toHaveLength(4);
    expect(contentsOf(unpacked, "/d/other", "/linked")).toEqual(["below", undefined]);
    const seen = withOverlay(unpacked, (root) => [
      lstatSync(join(root, "d/other")),
      lstatSync(join(root, "d")),
      readlinkSync(join(root, "linked")),
    ]);
    expect(seen).toMatchObject([
      { mode: 0o100640, uid: 7, mtimeMs: 5_000 },
      { mode: 0o40750, gid: 9 },
      "d/file",
    ]);
    await unpacked.release();
    expect(readdirSync(join(unpacked.base, "new"))).toEqual([]);
  });

  test("hard links to one another, the first to a file of a layer below, are all copies of that file", async () => {
    const unpacked = await unpack(
      [
        { path: "a", content: "right", mode: 0o640, uid: 7 },
        { path: "b", content: "old" },
      ],
      [
        { path: "b", hardLink: "a" },
        { path: "c", hardLink: "b" },
        { path: "d", hardLink: "c" },
        { path: "b", content: "new" },
      ],
    );
    expect(contentsOf(unpacked, "/a", "/b", "/c", "/d")).toEqual(["right", "new", "right", "right"]);
    for (const name of ["c", "d"]) {
      expect(withOverlay(unpacked, (root) => lstatSync(join(root, name)))).toMatchObject({
        mode: 0o100640,
        uid: 7,
      });
    }
  });

  test("a hard link to a file of a layer below that comes twice is one copy", async () => {
    const link: TarEntry = { path: "b", hardLink: "a" };
    expect(contentsOf(await unpack([{ path: "a", content: "1" }], [link, link]), "/b")).toEqual(["1"]);
  });

  test("a hard link to another name of a file of a layer below, whose first name has a new file there", async () => {
    const below: TarEntry[] = [
      { path: "a", content: "right" },
      { path: "b", hardLink: "a" },
      { path: "a", content: "new" },
    ];
    const unpacked = await unpack(below, [{ path: "c", hardLink: "b" }]);
    expect(contentsOf(unpacked, "/a", "/b", "/c")).toEqual(["new", "right", "right"]);
  });

  test("a layer that comes twice is mounted once, on top", async () => {
    const twice: TarEntry[] = [{ path: "a", content: "1" }];
    const unpacked = await unpack(twice, [{ path: ".wh.a" }, { path: "b", content: "2" }], twice);
    expect(unpacked.layers).toHaveLength(2);
    expect(contentsOf(unpacked, "/a", "/b")).toEqual(["1", "2"]);
    expect(withOverlay(unpacked, (root) => readdirSync(root).toSorted())).toEqual(["a", "b"]);
  });
});
