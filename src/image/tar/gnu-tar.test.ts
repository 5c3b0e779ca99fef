import { execFileSync } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type SeenMember, streamTar, walkTar } from "../../../test/fixtures/walk-tar.ts";
import { type TarEntry, writeTar } from "./write.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-tar-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LONG = `${"directory/".repeat(3)}${"n".repeat(140)}`;
const tree = join(folder, "tree");
mkdirSync(join(tree, "directory/directory/directory"), { recursive: true });
writeFileSync(join(tree, "empty"), "");
writeFileSync(join(tree, "text"), "some text\n", { mode: 0o640 });
writeFileSync(join(tree, "blocks"), "x".repeat(1_024));
writeFileSync(join(tree, LONG), "long");
writeFileSync(join(tree, "accents é"), "é");
linkSync(join(tree, "text"), join(tree, "zz hard link"));
symlinkSync("text", join(tree, "symlink"));
symlinkSync("t".repeat(120), join(tree, "symlink to a long name"));
execFileSync("mkfifo", [join(tree, "fifo")]);
writeSparse(join(tree, "sparse"), 60);
writeSparse(join(tree, "sparse with few segments"), 2);

/** Data of 3 bytes every 64 KiB, then a hole. */
function writeSparse(file: string, segments: number): void {
  const fd = openSync(file, "w");
  for (let segment = 0; segment < segments; segment++) writeSync(fd, "dat", segment * 65_536);
  ftruncateSync(fd, segments * 65_536 + 4_000);
  closeSync(fd);
}

describe("archives of GNU tar are read as the files that went in", () => {
  const sparse = ["--sparse", "--hole-detection=raw"];
  test.each([
    ["gnu", ["--format=gnu"]],
    ["gnu, sparse", ["--format=gnu", ...sparse]],
    ["pax", ["--format=pax"]],
    ["pax, sparse 0.0", ["--format=pax", "--sparse-version=0.0", ...sparse]],
    ["pax, sparse 0.1", ["--format=pax", "--sparse-version=0.1", ...sparse]],
    ["pax, sparse 1.0", ["--format=pax", "--sparse-version=1.0", ...sparse]],
    ["ustar", ["--format=ustar", "--exclude=n*", "--exclude=symlink to*"]],
    ["v7", ["--format=v7", "--exclude=n*", "--exclude=symlink to*", "--exclude=fifo"]],
  ])("%s", (_, options) => {
    const tar = execFileSync("tar", ["-C", tree, "--sort=name", ...options, "-cf", "-", "."], {
      maxBuffer: 64e6,
    });
    const members = walkTar(tar, 5_000, 1e8);
    expect(members.length).toBeGreaterThan(9);
    for (const member of members) expectToBeTheFile(member);
    expect(streamTar(tar, 5_000)).toEqual(members);
  });

  function expectToBeTheFile({
    path,
    type,
    mode,
    uid,
    gid,
    size,
    mtime,
    link,
    content = "",
  }: SeenMember): void {
    const file = join(tree, path);
    const stat = lstatSync(file);
    const isFile = type === "file";
    expect(Math.floor(mtime)).toBe(Math.floor(stat.mtimeMs / 1_000));
    expect([path, mode, uid, gid, size, link, content]).toEqual([
      path,
      stat.mode & 0o7777,
      stat.uid,
      stat.gid,
      isFile ? stat.size : 0,
      type === "symlink" ? readlinkSync(file) : type === "hardlink" ? otherName(file) : "",
      isFile ? readFileSync(file, "latin1") : "",
    ]);
  }

  /** The name under which the archive has the file: the first of the two. */
  function otherName(file: string): string {
    const other = readdirSync(tree).find((name) => lstatSync(join(tree, name)).ino === lstatSync(file).ino);
    return `./${other}`;
  }
});

describe("our archives are unpacked by GNU tar as they were meant", () => {
  test("names, links, modes, large numbers", () => {
    const out = join(folder, "out");
    mkdirSync(out);
    const entries: TarEntry[] = [
      { path: "d/", type: "directory", mode: 0o751 },
      { path: "d/file", content: "content", mode: 0o604, mtime: 1_000 },
      { path: `d/${"n".repeat(200)}`, content: "long" },
      { path: "d/é", content: "accent" },
      { path: "d/hard", hardLink: "d/file" },
      { path: "d/soft", type: "symlink", link: "s".repeat(150) },
      { path: "d/fifo", type: "fifo" },
      { path: "d/large uid", content: "", uid: 3_000_000 },
    ];
    execFileSync("tar", ["-C", out, "--no-same-owner", "-xpf", "-"], { input: writeTar(entries) });
    expect(lstatSync(join(out, "d")).mode & 0o7777).toBe(0o751);
    expect(readFileSync(join(out, "d/hard"), "utf8")).toBe("content");
    expect(lstatSync(join(out, "d/file"))).toMatchObject({ mode: 0o100604, nlink: 2, mtimeMs: 1_000_000 });
    expect(readFileSync(join(out, `d/${"n".repeat(200)}`), "utf8")).toBe("long");
    expect(readFileSync(join(out, "d/é"), "utf8")).toBe("accent");
    expect(readlinkSync(join(out, "d/soft"))).toBe("s".repeat(150));
    expect(lstatSync(join(out, "d/fifo")).isFIFO()).toBe(true);
  });
});
