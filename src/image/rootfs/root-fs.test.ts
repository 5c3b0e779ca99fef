import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { EntryRecorder, type LayerEntries } from "../layer/entries.ts";
import { TarWalker } from "../tar/walk.ts";
import { type TarEntry, writeTar } from "../tar/write.ts";
import { RootFs } from "./root-fs.ts";

function entriesOf(entries: readonly TarEntry[]): LayerEntries {
  const recorder = new EntryRecorder();
  const walker = new TarWalker({ member: (member) => (recorder.add(member), 0), body: () => undefined });
  walker.push(writeTar(entries));
  walker.end();
  return recorder.entries();
}

function rootOf(...layers: (readonly TarEntry[])[]): RootFs {
  return new RootFs(layers.map(entriesOf));
}

/** Paths that are no directories. */
function listing(root: RootFs): string[] {
  return root
    .select(({ type }) => (type === "directory" ? undefined : true))
    .map(({ file: { path } }) => path)
    .sort();
}

const file = (path: string, content = "x"): TarEntry => ({ path, content });
const folder = (path: string): TarEntry => ({ path, type: "directory" });
const symlink = (path: string, link: string): TarEntry => ({ path, type: "symlink", link });
const codeIs = (code: string) => expect.objectContaining({ code });

describe("layers over one another", () => {
  test("files of later layers replace those of earlier ones", () => {
    const root = rootOf([file("a", "1"), file("b")], [file("a", "22")]);
    expect(root.resolve("/a")).toMatchObject({ size: 2, place: { layer: 1, entry: 0 } });
    expect(root.resolve("/b")).toMatchObject({ size: 1, place: { layer: 0, entry: 1 } });
  });

  test("a whiteout deletes a file, a whole directory, or nothing", () => {
    const below = [file("keep"), file("a"), file("d/e/f"), file("d/g")];
    expect(listing(rootOf(below, [file(".wh.a"), file("d/.wh.e"), file(".wh.none")]))).toEqual([
      "/d/g",
      "/keep",
    ]);
  });

  test("a file that follows the whiteout of its name is there", () => {
    const root = rootOf(
      [file("d/old"), file("a")],
      [file(".wh.d"), file(".wh.a"), file("a", "22"), file("d")],
    );
    expect(listing(root)).toEqual(["/a", "/d"]);
    expect(root.resolve("/a")?.size).toBe(2);
  });

  test("what a layer both brings and deletes is refused: containerd cannot unpack it, others can", () => {
    for (const own of [[file("d/new")], [file("d")], [folder("d/")], [symlink("d", "x")], [file(".wh.d")]]) {
      expect(() => rootOf([file("d/old")], [...own, file(".wh.d")])).toThrow(codeIs("layer-whiteout"));
    }
  });

  test("a directory that takes the place of another in one layer is refused where there is something below", () => {
    for (const before of [file(".wh.d"), file("d"), symlink("d", "x")]) {
      const layer = [before, folder("d/"), file("d/new")];
      expect(() => rootOf([file("d/old")], layer)).toThrow(codeIs("layer-disputed"));
      for (const below of [[], [file("x")], [file("d")], [folder("d/")]]) {
        expect(listing(rootOf(below, layer))).toContain("/d/new");
      }
    }
    expect(() => rootOf([file("d/old")], [file(".wh.d"), file("d/new")])).toThrow(codeIs("layer-disputed"));
    const opaque = [folder("d/"), file("d/.wh..wh..opq"), file("d"), folder("d/")];
    expect(() => rootOf([file("d/old")], opaque)).toThrow(codeIs("layer-disputed"));
  });

  test("an opaque marker behind files whose directories have no entry is refused: containerd deletes them", () => {
    const marker = file("d/.wh..wh..opq");
    for (const own of [[file("d/e/f")], [folder("d/"), folder("d/e/"), file("d/e/f/g")]]) {
      expect(() => rootOf([...own, marker])).toThrow(codeIs("layer-opaque"));
      expect(listing(rootOf([marker, ...own]))).toHaveLength(1);
    }
    for (const own of [[], [file("d/f")], [folder("d/"), folder("d/e/"), file("d/e/f")]]) {
      expect(listing(rootOf([file("d/old")], [...own, marker]))).toHaveLength(own.length === 0 ? 0 : 1);
    }
  });

  test("an opaque root, which overlayfs does not know, is refused where there is something below", () => {
    const layer = [file(".wh..wh..opq"), file("new")];
    expect(() => rootOf([file("old")], layer)).toThrow(codeIs("layer-disputed"));
    expect(listing(rootOf(layer, [file("above")]))).toEqual(["/above", "/new"]);
  });

  test("an opaque directory hides what the layers below have in it, wherever its marker stands", () => {
    const below = [file("d/old"), file("d/e/old"), file("keep")];
    expect(listing(rootOf(below, [file("d/new"), file("d/.wh..wh..opq")]))).toEqual(["/d/new", "/keep"]);
    expect(listing(rootOf(below, [file("d/.wh..wh..opq"), file("d/new")]))).toEqual(["/d/new", "/keep"]);
  });

  test("a deleted directory that comes back is empty", () => {
    expect(listing(rootOf([file("d/old")], [file(".wh.d")], [folder("d/"), file("d/new")]))).toEqual([
      "/d/new",
    ]);
  });

  test("whiteouts of a layer do not reach the tree that its new directories bring", () => {
    expect(listing(rootOf([file("x")], [folder("d/"), file("d/.wh.gone"), file("d/new")]))).toEqual([
      "/d/new",
      "/x",
    ]);
  });

  test("a file takes the place of a directory, and the reverse", () => {
    expect(listing(rootOf([file("a/b")], [file("a")]))).toEqual(["/a"]);
    expect(listing(rootOf([file("a")], [folder("a/"), file("a/b")]))).toEqual(["/a/b"]);
    expect(listing(rootOf([file("a/b"), file("a")]))).toEqual(["/a"]);
  });

  test("a directory's entry changes its metadata and keeps what is in it", () => {
    const root = rootOf([folder("d/"), file("d/f")], [{ ...folder("d/"), mode: 0o1777, uid: 5 }]);
    expect(root.resolve("/d")).toMatchObject({ mode: 0o1777, uid: 5, place: { layer: 1 } });
    expect(listing(root)).toEqual(["/d/f"]);
  });

  test("a directory that only paths imply keeps the metadata it had below", () => {
    const root = rootOf([{ ...folder("d/"), mode: 0o700, uid: 5 }], [file("d/f"), file("new/f")]);
    expect(root.resolve("/d")).toMatchObject({ mode: 0o700, uid: 5, place: { layer: 0 } });
    expect(root.resolve("/new")).toMatchObject({ type: "directory", mode: 0o755, uid: 0 });
    expect(root.resolve("/new")?.place).toBeUndefined();
  });

  test("the root itself can have an entry", () => {
    expect(rootOf([{ ...folder("./"), mode: 0o555 }]).resolve("/")).toMatchObject({ path: "/", mode: 0o555 });
  });

  test("what stands behind the end of the archive is not there", () => {
    const recorder = new EntryRecorder();
    const walker = new TarWalker({ member: (member) => (recorder.add(member), 0), body: () => undefined });
    walker.push(Buffer.concat([writeTar([file("a", "1")]), writeTar([file("a", "22"), file(".wh.a")])]));
    expect(new RootFs([recorder.entries()]).resolve("/a")?.size).toBe(1);
  });
});

describe("hard links", () => {
  test("share the metadata and the content of what they name", () => {
    const target = {
      path: "a",
      content: "xyz",
      mode: 0o4755,
      uid: 7,
      xattrs: { "security.capability": Uint8Array.of(1) },
    };
    const { content, ...metadata } = target;
    expect(content).toHaveLength(3);
    const root = rootOf([
      target,
      { ...metadata, path: "b", hardLink: "a" },
      { ...metadata, path: "c", hardLink: "/b" },
    ]);
    for (const path of ["/b", "/c"]) {
      expect(root.resolve(path)).toMatchObject({
        path,
        type: "file",
        mode: 0o4755,
        uid: 7,
        size: 3,
        capability: "01",
      });
      expect(root.resolve(path)?.source).toEqual({ layer: 0, entry: 0 });
    }
  });

  test("change owner, mode and capability of what they name, as engines that apply their headers do", () => {
    const capable = { xattrs: { "security.capability": Uint8Array.of(1) } };
    const set = rootOf([
      file("a"),
      { path: "b", hardLink: "a" },
      { path: "c", hardLink: "a", uid: 7, mode: 0o4755, ...capable },
    ]);
    for (const path of ["/a", "/b", "/c"]) {
      expect(set.resolve(path)).toMatchObject({ type: "file", mode: 0o4755, uid: 7, capability: "01" });
    }
    const bare = rootOf([
      { ...file("a"), ...capable },
      { path: "b", hardLink: "a" },
    ]);
    expect(bare.resolve("/a")?.capability).toBe("01");
    const kept = rootOf([
      { ...file("a"), ...capable },
      { path: "b", hardLink: "a" },
      { path: "c", hardLink: "b", ...capable },
    ]);
    expect(kept.resolve("/a")?.capability).toBe("01");
    const links = rootOf([symlink("s", "t"), { path: "b", hardLink: "s", mode: 0o4755, uid: 7 }]);
    expect(links.lookUp("/s")).toMatchObject({ type: "symlink", mode: 0o777, uid: 7 });
  });

  test("keep the file when its first name is deleted or replaced", () => {
    const root = rootOf([file("a", "xyz"), { path: "b", hardLink: "a" }], [file(".wh.a")]);
    expect(listing(root)).toEqual(["/b"]);
    expect(root.resolve("/b")?.size).toBe(3);
  });

  test("reach into the layers below", () => {
    expect(rootOf([file("a", "xyz")], [{ path: "b", hardLink: "a" }]).resolve("/b")).toMatchObject({
      size: 3,
      place: { layer: 1, entry: 0 },
      source: { layer: 0, entry: 0 },
    });
  });

  test("to hard links of their own layer name what these name below, whatever had their name there", () => {
    const links = [
      { path: "b", hardLink: "a" },
      { path: "c", hardLink: "b" },
      { path: "d", hardLink: "c" },
    ];
    for (const below of [[file("a", "xyz")], [file("a", "xyz"), file("b"), folder("c/")]]) {
      for (const path of ["/b", "/c", "/d"]) {
        expect(rootOf(below, links).resolve(path)).toMatchObject({
          size: 3,
          source: { layer: 0, entry: 0 },
        });
      }
    }
    expect(() => rootOf([file("b")], links)).toThrow(codeIs("layer-hard-link"));
  });

  test("keep what they name when the link that they name is replaced, and later ones name what replaced it", () => {
    const root = rootOf(
      [file("a", "xyz"), file("b")],
      [
        { path: "b", hardLink: "a" },
        { path: "before", hardLink: "b" },
        file("b", "22"),
        { path: "after", hardLink: "b" },
        { path: "b", hardLink: "before" },
      ],
    );
    for (const path of ["/before", "/b"]) expect(root.resolve(path)).toMatchObject({ size: 3 });
    expect(root.resolve("/after")).toMatchObject({ size: 2, source: { layer: 1, entry: 2 } });
  });

  test("to nothing are files of their own where not every layer was read", () => {
    const links = [
      { path: "b", hardLink: "a", mode: 0o600 },
      { path: "c", hardLink: "b", mode: 0o600 },
    ];
    const root = new RootFs([entriesOf([file("b")]), entriesOf(links)], false);
    for (const path of ["/b", "/c"]) {
      expect(root.resolve(path)).toMatchObject({ type: "file", mode: 0o600, size: 0, source: { layer: 1 } });
      expect(root.resolve(path)?.link).toBeUndefined();
    }
  });

  test("to nothing, or to a directory, are an error", () => {
    expect(() => rootOf([{ path: "b", hardLink: "a" }])).toThrow(codeIs("layer-hard-link"));
    expect(() => rootOf([folder("a/"), { path: "b", hardLink: "a" }])).toThrow(codeIs("layer-hard-link"));
    expect(() => rootOf([{ path: "b", hardLink: "b" }])).toThrow(codeIs("layer-hard-link"));
  });
});

describe("symbolic links", () => {
  const root = rootOf([
    symlink("bin", "usr/bin"),
    file("usr/bin/dash"),
    symlink("usr/bin/sh", "dash"),
    symlink("usr/bin/abs", "/bin/sh"),
    symlink("usr/bin/up", "../../../../bin/dash"),
    symlink("loop", "pool"),
    symlink("pool", "loop"),
    symlink("self", "self/x"),
    symlink("dangling", "nowhere"),
    folder("d/"),
    symlink("d/dot", "."),
    symlink("through", "usr/bin/dash/x"),
  ]);

  test.each([
    ["/bin/sh", "/usr/bin/dash"],
    ["bin/sh", "/usr/bin/dash"],
    ["/usr/bin/abs", "/usr/bin/dash"],
    ["/bin/up", "/usr/bin/dash"],
    ["/bin/../bin/./dash", "/usr/bin/dash"],
    ["/d/dot/dot/dot", "/d"],
    ["/bin", "/usr/bin"],
  ])("%s leads to %s", (path, target) => {
    expect(root.resolve(path)?.path).toBe(target);
  });

  test.each(["/loop", "/pool/x", "/self", "/dangling", "/through", "/usr/bin/dash/x", "/none"])(
    "%s leads nowhere",
    (path) => {
      expect(root.resolve(path)).toBeUndefined();
    },
  );

  test("lookUp() gives the link itself, those on the way followed", () => {
    expect(root.lookUp("/bin/sh")).toMatchObject({ path: "/usr/bin/sh", type: "symlink", link: "dash" });
  });

  test("as many as Linux allows are followed, and no more", () => {
    const chain = Array.from({ length: LIMITS.symlinks + 1 }, (_, index) =>
      symlink(`l${index}`, `l${index + 1}`),
    );
    const long = rootOf([...chain, file(`l${LIMITS.symlinks + 1}`)]);
    expect(long.resolve("/l1")?.path).toBe(`/l${LIMITS.symlinks + 1}`);
    expect(long.resolve("/l0")).toBeUndefined();
  });

  test("of the same layer are followed when files are put below them", () => {
    expect(listing(rootOf([symlink("lib", "usr/lib"), file("lib/x")]))).toEqual(["/lib", "/usr/lib/x"]);
  });

  test("of a layer below are hidden by a directory, as overlayfs does", () => {
    const below = [symlink("lib", "usr/lib"), file("usr/lib/y")];
    expect(listing(rootOf(below, [file("lib/x")]))).toEqual(["/lib/x", "/usr/lib/y"]);
  });

  test("of a layer below are hidden by a directory that only a marker in it makes", () => {
    const below = [symlink("lib", "usr/lib"), file("usr/lib/y")];
    for (const marker of [".wh.y", ".wh..wh..opq", ".wh..wh.plnk"]) {
      expect(listing(rootOf(below, [file(`lib/${marker}`)]))).toEqual(["/usr/lib/y"]);
    }
  });

  test("never lead out of the root", () => {
    expect(listing(rootOf([symlink("out", "../../.."), file("out/x"), file("../../y")]))).toEqual([
      "/out",
      "/x",
      "/y",
    ]);
  });

  test("in circles, or files, on the way to an entry are an error", () => {
    expect(() => rootOf([symlink("a", "b"), symlink("b", "a"), file("a/x")])).toThrow(codeIs("layer-path"));
    expect(() => rootOf([file("a"), file("a/x")])).toThrow(codeIs("layer-path"));
  });
});

test("paths that cost too much time to follow are an error, in bounded time", () => {
  const deep = "d/".repeat(2_000);
  const entries = entriesOf([folder(deep), symlink("l", deep), symlink("m", deep)]);
  const kindOf = entries.paths.map(() => 1);
  const paths = Array.from({ length: 200_000 }, (_, index) => `/${index % 2 === 0 ? "l" : "m"}/${index}`);
  const hostile: LayerEntries = {
    ...entries,
    paths: [...entries.paths, ...paths],
    kinds: [...entries.kinds, { type: "fifo", mode: 0, uid: 0, gid: 0 }],
    kindOf: [
      ...kindOf.map((_, index) => entries.kindOf[index] ?? 0),
      ...paths.map(() => entries.kinds.length),
    ],
  };
  expect(() => new RootFs([hostile])).toThrow(codeIs("image-path-limit"));
});

describe("deep paths", () => {
  const deep = "d/".repeat(LIMITS.pathBytes / 2 - 3);
  const link = symlink("l", deep);
  const deepest = `/${deep}d/d/d/a`;

  test("are merged, walked and hidden down to where no path is longer than a path can be", () => {
    const layer = [folder(deep), link, file("l/d/d/d/a"), file("l/d/d/d/.wh.b")];
    const root = rootOf([file("x")], layer, layer);
    expect(listing(root)).toEqual([deepest, "/l", "/x"]);
    expect(root.shows({ layer: 1, entry: 2 })).toBe(false);
    expect(root.shows({ layer: 2, entry: 2 })).toBe(true);
  });

  test.each(["l/d/d/d/d/a", "l/d/d/d/d/.wh.a", "l/d/d/d/d/.wh..wh..opq", `l/${deep}d/a`])(
    "made longer than that by a link are an error that names the bound (case %#)",
    (path) => {
      const message = expect.stringContaining(`${LIMITS.pathBytes} bytes (bound pathBytes)`);
      const error = expect.objectContaining({ code: "image-path-limit", message });
      expect(() => rootOf([folder(deep), link, file(path)])).toThrow(error);
    },
  );

  test("are made no longer by a link of a layer below", () => {
    const root = rootOf([folder(deep), link], [file(`l/${deep}a`)]);
    expect(listing(root)).toEqual([`/l/${deep}a`]);
  });
});

test("30,000 files in two layers are merged", () => {
  const paths = Array.from(
    { length: 30_000 },
    (_, index) => `usr/lib/d${index % 300}/e${index % 7}/file-${index}`,
  );
  const layer = entriesOf(paths.map((path) => file(path, "")));
  const root = new RootFs([layer, layer]);
  expect(listing(root)).toHaveLength(30_000);
});
