import { describe, expect, test } from "vitest";
import type { TarMember } from "../tar/member.ts";
import { EntryRecorder } from "./entries.ts";

function record(...members: (Pick<TarMember, "path"> & Partial<TarMember>)[]) {
  const recorder = new EntryRecorder();
  for (const member of members) {
    recorder.add({
      type: "file",
      mode: 0o644,
      uid: 0,
      gid: 0,
      size: 1,
      mtime: 0,
      link: "",
      capability: undefined,
      sparse: false,
      isNullDevice: false,
      afterEnd: false,
      ...member,
    });
  }
  return recorder.entries();
}

test("what entries have in common is stored once", () => {
  const entries = record({ path: "a" }, { path: "b", size: 7 }, { path: "c", uid: 5 });
  expect(entries.kinds).toEqual([
    { type: "file", mode: 0o644, uid: 0, gid: 0 },
    { type: "file", mode: 0o644, uid: 5, gid: 0 },
  ]);
  expect([entries.paths, entries.kindOf, entries.sizes]).toEqual([
    ["/a", "/b", "/c"],
    [0, 0, 1],
    [1, 7, 1],
  ]);
});

test("symbolic links stay as written, hard links name a path", () => {
  const { links } = record(
    { path: "s", type: "symlink", link: "../x" },
    { path: "h", type: "hardlink", link: "./../a//b" },
  );
  expect(links).toEqual([
    [0, "../x"],
    [1, "/a/b"],
  ]);
});

describe("markers", () => {
  test.each([
    ["etc/.wh.shadow", "/etc/shadow", "whiteout"],
    [".wh.root", "/root", "whiteout"],
    ["etc/.wh..hidden", "/etc/.hidden", "whiteout"],
    ["etc/.wh..wh..opq", "/etc", "opaque"],
    [".wh..wh..opq", "/", "opaque"],
    ["lib/.wh..wh.plnk", "/lib/.wh.plnk", "whiteout"],
    ["etc/.wh.d/file", "/etc/.wh.d/file", "file"],
  ])("%s", (path, means, type) => {
    const { paths, kinds } = record({ path });
    expect([paths, kinds[0]?.type]).toEqual([[means], type]);
  });

  test("what stands behind the end is ignored by unpackers", () => {
    const { kinds } = record({ path: "late", afterEnd: true });
    expect(kinds).toEqual([expect.objectContaining({ type: "file", ignored: true })]);
  });

  test("a device 0/0, to overlayfs a deletion, is refused", () => {
    const device = { path: "etc/passwd", type: "character", isNullDevice: true } as const;
    expect(() => record(device)).toThrow(expect.objectContaining({ code: "layer-device" }));
    expect(record({ ...device, isNullDevice: false }).paths).toEqual(["/etc/passwd"]);
    expect(record({ ...device, afterEnd: true }).paths).toEqual(["/etc/passwd"]);
  });

  test.each([".wh.", "a/.wh..", "a/.wh..."])("%s deletes nothing that has a name: refused", (path) => {
    expect(() => record({ path })).toThrow(expect.objectContaining({ code: "layer-whiteout" }));
  });
});
