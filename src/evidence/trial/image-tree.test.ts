import { expect, test } from "vitest";
import { EntryRecorder } from "../../image/layer/entries.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import { TarWalker } from "../../image/tar/walk.ts";
import { type TarEntry, writeTar } from "../../image/tar/write.ts";
import { imageTree } from "./image-tree.ts";

const ENTRIES: readonly TarEntry[] = [
  { path: "app/", type: "directory", uid: 1_000 },
  { path: "app/server.js", content: "x" },
  { path: "data/", type: "directory", uid: 1_000 },
  { path: "data/sub/", type: "directory" },
  { path: "data/.gitkeep", content: "" },
  { path: "home/app/.bashrc", content: "alias ll=ls" },
  { path: "var/log/nginx/access.log", content: "" },
  { path: "var/log/dpkg.log", content: "installed" },
  { path: "var/lib/app/empty", content: "" },
  { path: "var/run", type: "symlink", link: "/run" },
  { path: "run/shm", type: "symlink", link: "/dev/shm" },
  { path: "run/lock/", type: "directory" },
  { path: "linked/logs", type: "symlink", link: "/var/log/nginx" },
];

const recorder = new EntryRecorder();
const walker = new TarWalker({ member: (member) => (recorder.add(member), 0), body: () => undefined });
walker.push(writeTar([...ENTRIES]));
walker.end();
const TREE = imageTree(new RootFs([recorder.entries()]), 1_000);

test.each([
  ["/app", true],
  ["/data", false],
  ["/data/sub", false],
  ["/home/app", false],
  ["/var/log/nginx", false],
  ["/var/log", false],
  ["/var/lib/app", true],
  ["/run", false],
  ["/linked", true],
  ["/nothing", false],
])("%s holds files that a program may need: %s", (path, holds) => {
  expect(TREE.holdsFiles(path)).toBe(holds);
});

test.each([
  ["/var/run/nginx.pid", "/run/nginx.pid"],
  ["/linked/logs/a/b", "/var/log/nginx/a/b"],
  ["/data/../app//x", "/app/x"],
  ["/new/folder", "/new/folder"],
  ["/run/shm/x", undefined],
  ["/dev/x", undefined],
  ["/proc/self/x", undefined],
])("%s is really %s", (path, real) => {
  expect(TREE.real(path)).toBe(real);
});

test("what is a directory, and whose", () => {
  expect(["/data", "/app/server.js", "/nothing", "/var/run"].map((path) => TREE.isDirectory(path))).toEqual([
    true,
    false,
    undefined,
    true,
  ]);
  expect(["/data", "/data/sub", "/nothing"].map((path) => TREE.isOwned(path))).toEqual([true, false, false]);
});
