import { describe, expect, test } from "vitest";
import type { FileSelector } from "../contract/file-selector.ts";
import { ImageBudget } from "../image/layer/budget.ts";
import { layerOf } from "../image/mutate/layer.ts";
import { RootFs } from "../image/rootfs/root-fs.ts";
import type { TarEntry } from "../image/tar/write.ts";
import { selectFiles } from "./files.ts";
import { WantedContent } from "./layers/analyzers/wanted-content.ts";
import { Contents } from "./layers/merge/contents.ts";
import { LayerTask } from "./layers/read/layer-task.ts";

function select(layers: readonly (readonly TarEntry[])[], ...selectors: readonly FileSelector[]) {
  const facts = layers.map((entries) => {
    const layer = layerOf(entries, "none");
    const request = { diffId: layer.diffId, size: layer.blob.length, also: [] };
    const task = new LayerTask(request, new WantedContent(selectors), new ImageBudget());
    task.push(layer.blob);
    return task.end();
  });
  const root = new RootFs(facts.map(({ entries }) => entries));
  const contents = new Contents(facts);
  return selectFiles({ layers: facts, root, contents }, selectors);
}

const PASSWD = { path: "etc/passwd", content: "root:x:0:0\n", mode: 0o600, uid: 3, gid: 4 };

describe("paths", () => {
  test("give the file with its metadata, and its content when asked", () => {
    const facts = { path: "/etc/passwd", layer: 0, type: "file", mode: 0o600, uid: 3, gid: 4, size: 11 };
    expect(select([[PASSWD]], { paths: ["/etc/passwd", "/etc/none"] })).toEqual([facts]);
    expect(select([[PASSWD]], { paths: ["/etc/passwd"], content: 100 })).toEqual([
      { ...facts, content: "root:x:0:0\n" },
    ]);
    expect(select([[PASSWD]], { paths: ["/etc/passwd"], content: 4 })).toEqual([
      { ...facts, content: "root", truncated: true },
    ]);
  });

  test("lead through links to what they mean, under the path asked for", () => {
    const layers: TarEntry[][] = [
      [{ path: "usr/lib/os-release", content: "ID=debian" }],
      [{ path: "etc/os-release", type: "symlink", link: "../usr/lib/os-release" }],
    ];
    expect(select(layers, { paths: ["/etc/os-release"], type: "file", content: 99 })).toEqual([
      {
        path: "/etc/os-release",
        layer: 0,
        type: "file",
        mode: 0o644,
        uid: 0,
        gid: 0,
        size: 9,
        content: "ID=debian",
      },
    ]);
  });

  test("of directories, and what other fields refuse", () => {
    expect(select([[{ path: "d/", type: "directory" }]], { paths: ["/d"] })).toMatchObject([
      { type: "directory" },
    ]);
    expect(select([[PASSWD]], { paths: ["/etc/passwd"], type: "directory" })).toEqual([]);
  });
});

describe("scope root", () => {
  const layers: TarEntry[][] = [
    [
      { path: "app/.env", content: "A=1" },
      { path: "app/gone.env", content: "B=1" },
      { path: "app/x.env", content: "old" },
      { path: "app/link.env", type: "symlink", link: "x.env" },
    ],
    [{ path: "app/.wh.gone.env" }, { path: "app/x.env", content: "new", mode: 0o4755 }],
  ];

  test("shows what the container sees, sorted by path", () => {
    expect(
      select(layers, { suffixes: [".env"] }).map(({ path, layer, link }) => [path, layer, link]),
    ).toEqual([
      ["/app/.env", 0, undefined],
      ["/app/link.env", 0, "x.env"],
      ["/app/x.env", 1, undefined],
    ]);
  });

  test("each file stands once, with the content that one of the selectors wants", () => {
    const files = select(
      layers,
      { suffixes: [".env"] },
      { names: ["x.env"], content: 10 },
      { anyMode: 0o6000 },
    );
    expect(files.filter(({ path }) => path === "/app/x.env")).toMatchObject([{ content: "new" }]);
    expect(files).toHaveLength(3);
  });
});

describe("scope layers", () => {
  const layers: TarEntry[][] = [
    [
      { path: "a.env", content: "1" },
      { path: "b.env", content: "22" },
      { path: "b.env", content: "333" },
      { path: "hard.env", hardLink: "a.env" },
    ],
    [{ path: ".wh.a.env" }, { path: "b.env", content: "4444" }, { path: "d/", type: "directory" }],
  ];

  test("shows every layer, and marks what the container does not see", () => {
    const files = select(layers, { suffixes: [".env"], scope: "layers", content: 10 });
    expect(
      files.map(({ path, layer, size, hidden, content }) => [path, layer, size, hidden, content]),
    ).toEqual([
      ["/a.env", 0, 1, true, "1"],
      ["/b.env", 0, 3, true, "333"],
      ["/b.env", 1, 4, undefined, "4444"],
      ["/hard.env", 0, 1, undefined, "1"],
    ]);
  });

  test("of a path that its layer holds twice, the one that is seen counts", () => {
    const files = select([layers[0] ?? []], { names: ["b.env"], scope: "layers", content: 10 });
    expect(files).toMatchObject([{ size: 3, content: "333" }]);
    expect(files[0]?.hidden).toBeUndefined();
  });

  test("a deletion is no file", () => {
    expect(select(layers, { scope: "layers" }).some(({ path }) => path.includes(".wh."))).toBe(false);
  });
});

test("a directory that no entry makes counts to the lowest layer that has something in it", () => {
  const layers = [[PASSWD], [{ path: "app/.git/HEAD", content: "ref" }], [{ path: "app/.git/config" }]];
  expect(select(layers, { names: [".git"], type: "directory" })).toMatchObject([
    { path: "/app/.git", layer: 1 },
  ]);
});

test("of a path that stands twice in a layer the later entry counts, also when it is deleted further up", () => {
  const twice: TarEntry[] = [
    { path: "a.env", content: "A=first", mode: 0o600 },
    { path: "a.env", content: "A=last", mode: 0o640 },
  ];
  const selector: FileSelector = { suffixes: [".env"], scope: "layers", content: 99 };
  const last = { path: "/a.env", layer: 0, mode: 0o640, content: "A=last" };
  expect(select([twice], selector)).toMatchObject([last]);
  expect(select([twice, [{ path: ".wh.a.env" }]], selector)).toMatchObject([{ ...last, hidden: true }]);
});
