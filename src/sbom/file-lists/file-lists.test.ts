import { zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { CHISEL_FILES } from "./chisel-files.ts";
import { fileListOf } from "./list.ts";

/** Name of the list at a path, and the files of each owner. */
function read(path: string, text = ""): readonly [string, ...(readonly string[])[]] | undefined {
  const list = fileListOf(path);
  if (list === undefined) return undefined;
  const owned = list.files({ path, bytes: Buffer.from(text) });
  return [list.name, ...[...owned].map(({ owner, paths }) => [owner, ...paths])];
}

describe("the list at a path", () => {
  test.each([
    ["/var/lib/dpkg/info/libc6:amd64.list", "dpkg-files"],
    ["/var/lib/dpkg/info/libc6.md5sums", "dpkg-files"],
    ["/var/lib/dpkg/status.d/libc6.md5sums", "dpkg-files"],
    ["/var/lib/dpkg/diversions", "dpkg-diversions"],
    ["/var/lib/chisel/manifest.wall", "chisel-files"],
    ["/lib/apk/db/installed", "apk-files"],
    ["/usr/lib/apk/db/installed", "apk-files"],
    ["/var/lib/pacman/local/bash-5.2-1/files", "pacman-files"],
    ["/var/lib/opkg/info/busybox.list", "opkg-files"],
    ["/usr/lib/opkg/info/busybox.list", "opkg-files"],
    ["/venv/lib/python3/site-packages/a-1.dist-info/RECORD", "record-files"],
    ["/opt/conda/conda-meta/numpy-1.26.4-py312_0.json", "conda-files"],
    ["/opt/conda/conda-meta/history", undefined],
    ["/opt/conda/conda-meta/a/b.json", undefined],
    ["/var/lib/dpkg/status", undefined],
    ["/var/lib/dpkg/triggers/a.list", undefined],
    ["/var/lib/dpkg/info/a/b.list", undefined],
    ["/var/lib/dpkg/info/a.conffiles", undefined],
    ["/var/lib/dpkg/diversions-old", undefined],
    ["/etc/apt/sources.list", undefined],
    ["/app/installed", undefined],
    ["/var/lib/pacman/local/bash/files", undefined],
    ["/app/RECORD", undefined],
    // The folder before "info" is as long as that of dpkg: 13 characters.
    ["/usr/share/x/info/a.list", undefined],
    ["/usr/share/x/status.d/a.md5sums", undefined],
  ])("%s is %s", (path, name) => {
    expect(fileListOf(path)?.name).toBe(name);
  });
});

describe("dpkg", () => {
  test("lists folders before their content: only the last of a branch is a file", () => {
    const text = "/.\n/usr\n/usr/bin\n/usr/bin/ls\n/usr/bin/cp\n/usr/lib\n/usr/lib64/a\n";
    expect(read("/var/lib/dpkg/info/coreutils:amd64.list", text)).toEqual([
      "dpkg-files",
      ["deb coreutils", "/.", "/usr/bin/ls", "/usr/bin/cp", "/usr/lib", "/usr/lib64/a"],
    ]);
    expect(read("/var/lib/dpkg/info/a.list")).toEqual(["dpkg-files", ["deb a"]]);
  });

  test("has sums of files without a leading slash, below the folder of its database", () => {
    const sum = "0".repeat(32);
    const text = `${sum}  usr/bin/ls\n${sum}  ./usr/bin/cp\n${sum}  /usr/bin/mv\n${sum}  usr/a  b\n  x\nno sum\n`;
    expect(read("/mnt/var/lib/dpkg/status.d/coreutils.md5sums", text)).toEqual([
      "dpkg-files",
      ["deb coreutils", "/mnt/usr/bin/ls", "/mnt/usr/bin/cp", "/mnt/usr/bin/mv", "/mnt/usr/a  b"],
    ]);
  });

  test("has diversions of three lines; a cut one at the end is left out", () => {
    const text = "/bin/sh\n/bin/sh.distrib\ndash\n/usr/a\n/usr/a.x\nb\n/usr/c\n/usr/c.x\n";
    expect(read("/mnt/var/lib/dpkg/diversions", text)).toEqual([
      "dpkg-diversions",
      ["deb dash", "/mnt/bin/sh.distrib"],
      ["deb b", "/mnt/usr/a.x"],
    ]);
    expect(read("/var/lib/dpkg/diversions", "/a\n/b\nc\n")).toEqual(["dpkg-diversions", ["deb c", "/b"]]);
  });
});

describe("apk", () => {
  const TEXT = `C:Q1
P:musl
F:lib
R:ld-musl-x86_64.so.1
F:
R:root-file
C:Q2
P:empty

P:busybox
F:bin
R:busybox
R:sh
`;

  test.each([
    ["/lib/apk/db/installed", ""],
    ["/usr/lib/apk/db/installed", ""],
    ["/mnt/lib/apk/db/installed", "/mnt"],
    ["/mnt/usr/lib/apk/db/installed", "/mnt"],
  ])("in %s lists files below %j", (path, root) => {
    expect(read(path, TEXT)).toEqual([
      "apk-files",
      ["apk musl", `${root}/lib/ld-musl-x86_64.so.1`, `${root}/root-file`],
      ["apk busybox", `${root}/bin/busybox`, `${root}/bin/sh`],
    ]);
  });

  test("lists nothing without a package, or without files", () => {
    expect(read("/lib/apk/db/installed", "F:bin\nR:a\n")).toEqual(["apk-files"]);
    expect(read("/lib/apk/db/installed", "P:a\nF:bin\n")).toEqual(["apk-files"]);
  });
});

test("pacman's files are below its root, folders left out", () => {
  const text = "%FILES%\nusr/\nusr/bin/\nusr/bin/bash\nusr/bin/sh\n\n%BACKUP%\netc/bash.bashrc\n";
  expect(read("/mnt/var/lib/pacman/local/bash-completion-5.2.1-1/files", text)).toEqual([
    "pacman-files",
    ["alpm bash-completion", "/mnt/usr/bin/bash", "/mnt/usr/bin/sh"],
  ]);
  expect(read("/var/lib/pacman/local/a-1-1/files")).toEqual(["pacman-files", ["alpm a"]]);
});

test("opkg's files are one a line, possibly with a mode behind a tab", () => {
  expect(read("/mnt/usr/lib/opkg/info/busybox.list", "/bin/sh\n/bin/ls\t0755\n")).toEqual([
    "opkg-files",
    ["opkg busybox", "/mnt/bin/sh", "/mnt/bin/ls"],
  ]);
});

test("RECORD's files are beside the metadata, which proves nothing", () => {
  const text = `My_Pack.age/__init__.py,sha256=x,1
"My_Pack.age/a,b.py",sha256=x,1
../../../bin/tool,sha256=x,1
My_Pack.age-1.0.dist-info/METADATA,,
My_Pack.age-1.0.dist-info-x/a,,
`;
  expect(read("/venv/lib/python3/site-packages/My_Pack.age-1.0.dist-info/RECORD", text)).toEqual([
    "record-files",
    [
      "pypi my-pack-age",
      "/venv/lib/python3/site-packages/My_Pack.age/__init__.py",
      "/venv/lib/python3/site-packages/My_Pack.age/a,b.py",
      "/venv/bin/tool",
      "/venv/lib/python3/site-packages/My_Pack.age-1.0.dist-info-x/a",
    ],
  ]);
});

describe("Conda's record", () => {
  const path = "/opt/conda/conda-meta/a-1.0-0.json";

  test.each([
    [{ name: "a", files: ["bin/a", 1, "lib/b"] }, [["conda a", "/opt/conda/bin/a", "/opt/conda/lib/b"]]],
    [{ name: "a", files: [] }, [["conda a"]]],
    [{ name: "a" }, []],
    [{ files: ["bin/a"] }, []],
  ])("%j lists %j", (record, owned) => {
    expect(read(path, JSON.stringify(record))).toEqual(["conda-files", ...owned]);
  });
});

test("chisel's wall lists files by package, folders and other kinds left out", () => {
  const wall = [
    { jsonwall: "1.0", schema: "1.0" },
    { kind: "content", slice: "libc6_libs", path: "/lib/libc.so.6" },
    { kind: "content", slice: "libc6_libs", path: "/lib/" },
    { kind: "content", slice: "base-files_a_b", path: "/etc/a" },
    { kind: "content", slice: "libc6_config", path: "/etc/ld.so.conf" },
    { kind: "content", slice: "libc6_config" },
    { kind: "content", path: "/b" },
    { kind: "path", slice: "libc6_libs", path: "/c" },
  ];
  const text = wall.map((line) => `${JSON.stringify(line)}\n`).join("");
  const path = "/var/lib/chisel/manifest.wall";
  const owned = CHISEL_FILES.files({ path, bytes: zstdCompressSync(text) });
  expect([...owned].map(({ owner, paths }) => [owner, ...paths])).toEqual([
    ["deb libc6", "/lib/libc.so.6", "/etc/ld.so.conf"],
    ["deb base-files_a", "/etc/a"],
  ]);
});
