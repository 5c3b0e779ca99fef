import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import type { FileSelector } from "../../../contract/file-selector.ts";
import { selectedFiles } from "../../../contract/restrict-files.ts";
import type { SettingsReader } from "../../../contract/settings-reader.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import { RootFs } from "../../../image/rootfs/root-fs.ts";
import type { TarEntry } from "../../../image/tar/write.ts";
import { ALL } from "../analyzers/asked.ts";
import { WantedContent } from "../analyzers/wanted-content.ts";
import { UNREAD_LAYER } from "../facts/facts.ts";
import type { MissingEntries } from "../known/missing.ts";
import { LayerTask } from "../read/layer-task.ts";
import { Contents } from "./contents.ts";
import { readSelected, selectFiles } from "./files.ts";

function select(layers: readonly (readonly TarEntry[])[], ...selectors: readonly FileSelector[]) {
  const wanted = new WantedContent(selectors);
  const read = (lacks: ReadonlyMap<number, MissingEntries>) => {
    const facts = layers.map((entries, index) => {
      const layer = layerOf(entries, "none");
      const asked = { ...ALL, files: { selected: true, also: [...(lacks.get(index) ?? [])] } };
      const request = { diffId: layer.diffId, size: layer.blob.length, asked };
      const task = new LayerTask(request, wanted, new ImageBudget());
      task.push(layer.blob);
      return { ...UNREAD_LAYER, ...task.end() };
    });
    const root = new RootFs(facts.map(({ entries }) => entries));
    const contents = new Contents(facts);
    return { files: selectFiles({ layers: facts, root, contents }, selectors), lacks: contents.missing };
  };
  const { files, lacks } = read(new Map());
  // Targets of links are read in a second pass.
  return readSelected(lacks.size === 0 ? files : read(lacks).files);
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
        realPath: "/usr/lib/os-release",
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
      ["/b.env", 0, 2, true, "22"],
      ["/b.env", 0, 3, true, "333"],
      ["/b.env", 1, 4, undefined, "4444"],
      ["/hard.env", 0, 1, undefined, "1"],
    ]);
  });

  test("of a path that its layer holds twice, the later entry is the one that is seen", () => {
    const files = select([layers[0] ?? []], { names: ["b.env"], scope: "layers", content: 10 });
    expect(files.map(({ size, content, hidden }) => [size, content, hidden])).toEqual([
      [3, "333", undefined],
      [2, "22", true],
    ]);
    expect(select([layers[0] ?? []], { names: ["b.env"] })).toMatchObject([{ size: 3 }]);
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

test("of a path that stands twice in a layer each entry counts, also when it is deleted further up", () => {
  const twice: TarEntry[] = [
    { path: "a.env", content: "A=first", mode: 0o600 },
    { path: "a.env", content: "A=last", mode: 0o640 },
  ];
  const selector: FileSelector = { suffixes: [".env"], scope: "layers", content: 99 };
  const first = { path: "/a.env", layer: 0, mode: 0o600, content: "A=first", hidden: true };
  const last = { path: "/a.env", layer: 0, mode: 0o640, content: "A=last", hidden: true };
  expect(select([twice, [{ path: ".wh.a.env" }]], selector)).toMatchObject([first, last]);
});

/** Reader of files that have a text, of their last line. */
const LAST_LINE: SettingsReader = {
  name: "last-line",
  version: 1,
  read(at, text) {
    if (text === undefined) return undefined;
    const lines = text.split("\n");
    return [{ name: at, value: lines.at(-1) ?? "", line: lines.length, certainty: "certain" }];
  },
};

/** Reader that ignores a folder. */
const NOT_IN_A: SettingsReader = {
  name: "not-in-a",
  version: 1,
  read: (at, text = "") =>
    at.startsWith("/a/") ? undefined : [{ name: text, value: "", line: 1, certainty: "presumed" }],
};

describe("a reader", () => {
  const layers: TarEntry[][] = [
    [
      { path: "a.env", content: "A=1\nB=2" },
      { path: "empty.env", content: "" },
      { path: "hard.env", hardLink: "a.env" },
    ],
  ];
  const read: FileSelector = { suffixes: [".env"], content: 99, reader: LAST_LINE };

  test("is given the texts, of which nothing is kept but what it finds", () => {
    const files = select(layers, read);
    expect(files.map(({ path: at, content: text, settings }) => [at, text, settings])).toEqual([
      [
        "/a.env",
        undefined,
        { "last-line": [{ name: "/a.env", value: "B=2", line: 2, certainty: "certain" }] },
      ],
      [
        "/hard.env",
        undefined,
        { "last-line": [{ name: "/hard.env", value: "B=2", line: 2, certainty: "certain" }] },
      ],
    ]);
  });

  test("is given as much as its selector asks for, and another selector gets its text", () => {
    const files = select(
      layers,
      { ...read, content: 3 },
      { names: ["a.env"], content: 5 },
      { names: ["empty.env"] },
    );
    expect(files).toMatchObject([
      { path: "/a.env", content: "A=1\nB", truncated: true, settings: { "last-line": [{ value: "A=1" }] } },
      { path: "/empty.env" },
      { path: "/hard.env", settings: { "last-line": [{ value: "A=1" }] } },
    ]);
    expect(files[1]).not.toHaveProperty("settings");
  });

  test("is given members of archives", () => {
    const archive = zipOf([
      { name: "a.env", content: "A=1\nB=2" },
      { name: "empty.env", content: "" },
    ]);
    const files = select([[{ path: "app/a.zip", content: archive }]], { ...read, packed: true });
    expect(files).toMatchObject([
      { path: "/app/a.zip!/a.env", settings: { "last-line": [{ value: "B=2" }] } },
      { path: "/app/a.zip!/empty.env", settings: { "last-line": [{ value: "" }] } },
    ]);
    expect(files[0]).not.toHaveProperty("content");
  });
});

describe("what was kept for all rules, seen by each alone", () => {
  test("a path that is asked for is none of the files that other selectors name", () => {
    const layers: TarEntry[][] = [
      [
        { path: "etc/os-release", type: "symlink", link: "../usr/lib/os-release" },
        { path: "usr/lib/os-release", content: "ID=debian" },
        { path: "app/.git/HEAD", content: "ref" },
      ],
    ];
    const files = select(
      layers,
      { paths: ["/etc/os-release", "/app/.git"], content: 9 },
      { names: ["os-release", ".git"] },
      { names: [".git"], scope: "layers" },
    );
    const seen = (selector: FileSelector) =>
      selectedFiles(files, [selector]).map(({ path, type }) => [path, type]);
    expect(seen({ paths: ["/etc/os-release"] })).toEqual([["/etc/os-release", "file"]]);
    expect(seen({ under: ["/etc"] })).toEqual([["/etc/os-release", "symlink"]]);
    expect(seen({ names: ["os-release"], type: "file" })).toEqual([["/usr/lib/os-release", "file"]]);
    expect(seen({ paths: ["/app/.git"] })).toEqual([["/app/.git", "directory"]]);
    expect(seen({ names: [".git"], scope: "layers" })).toEqual([]);
  });

  test("is what had been kept for it alone", () => {
    fc.assert(
      fc.property(layersOfTar, fc.array(rulesSelectors, { minLength: 2, maxLength: 4 }), (layers, rules) => {
        fc.pre(isUnpackable(layers));
        const files = select(layers, ...rules.flat());
        for (const own of rules) expect(selectedFiles(files, own)).toEqual(select(layers, ...own));
      }),
      { numRuns: 500 },
    );
  });
});

const name = fc.constantFrom("a", "b.env");
const path = fc.array(name, { minLength: 1, maxLength: 2 }).map((parts) => parts.join("/"));
const mode = fc.constantFrom(0o644, 0o755, 0o4755);
const content = fc.constantFrom("", "A=1", "A=1\nB=2");
const entry = fc.oneof(
  { weight: 3, arbitrary: fc.record({ path, mode, content }) },
  fc.record({ path, mode, type: fc.constant("directory") }),
  fc.record({
    path,
    type: fc.constant("symlink"),
    link: fc.oneof(
      path.map((to) => `/${to}`),
      name,
    ),
  }),
  fc.record({ path, hardLink: path }),
  fc.record({ path: name.map((one) => `.wh.${one}`) }),
  fc.record({ path: fc.tuple(name, name).map(([folder, one]) => `${folder}/.wh.${one}`) }),
);
const layersOfTar = fc.array(fc.array(entry, { maxLength: 6 }), { minLength: 1, maxLength: 3 });
const selectorArbitrary: fc.Arbitrary<FileSelector> = fc
  .tuple(
    fc.oneof(
      fc.record({
        paths: fc.array(
          path.map((one) => `/${one}`),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      fc.record({ names: fc.array(name, { minLength: 1, maxLength: 2 }) }),
      fc.constantFrom<FileSelector>({ suffixes: [".env"] }, { under: ["/a"] }, { pattern: /a/g }),
      fc.constantFrom<FileSelector>({ anyMode: 0o4000 }, { anyMode: 0o111 }, {}),
    ),
    fc.constantFrom<FileSelector>({}, {}, { type: "file" }, { type: "symlink" }, { type: "directory" }),
    fc.constantFrom<FileSelector>({}, { scope: "layers" }),
    fc.constantFrom<FileSelector>(
      {},
      { content: 1 },
      { content: 3 },
      { content: 99 },
      { content: 3, reader: LAST_LINE },
      { content: 99, reader: NOT_IN_A },
    ),
  )
  .map((fields) => Object.assign({}, ...fields));
const rulesSelectors = fc.array(selectorArbitrary, { minLength: 1, maxLength: 2 });

/**
 * Whether unpacking fails: a hard link may point to a missing file, and such an image is refused before files
 * are selected.
 */
function isUnpackable(layers: readonly (readonly TarEntry[])[]): boolean {
  try {
    select(layers);
    return true;
  } catch {
    return false;
  }
}
