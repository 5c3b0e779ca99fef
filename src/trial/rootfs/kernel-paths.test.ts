import { expect, test } from "vitest";
import { EntryRecorder } from "../../image/layer/entries.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import { TarWalker } from "../../image/tar/walk.ts";
import { type TarEntry, writeTar } from "../../image/tar/write.ts";
import { leadsThroughKernel } from "./kernel-paths.ts";

const LINKS: readonly (readonly [string, string])[] = [
  ["out", "/proc/self/fd/8"],
  ["app/up", "../proc"],
  ["app/beside", "inner"],
  ["twice", "app/up"],
  ["circle", "circle"],
  ["home", "/app"],
];

function rootOf(...entries: readonly TarEntry[]): RootFs {
  const recorder = new EntryRecorder();
  const walker = new TarWalker({ member: (member) => (recorder.add(member), 0), body: () => undefined });
  walker.push(
    writeTar([...entries, ...LINKS.map(([path, link]) => ({ path, type: "symlink" as const, link }))]),
  );
  walker.end();
  return new RootFs([recorder.entries()]);
}

const ROOT = rootOf(
  { path: "app/inner/", type: "directory" },
  // Hidden by the kernel's own in a container.
  { path: "proc/self", type: "symlink", link: "/app" },
);

test.each([
  "/proc/self/fd/8",
  "//proc/./self",
  "/proc",
  "/app/../proc/self",
  "/../proc",
  "/sys/fs/cgroup",
  "/out",
  "/app/up/self/fd/8",
  "/twice",
  "proc/self/cwd",
])("%s leads through the kernel's files", (path) => {
  expect(leadsThroughKernel(ROOT, path)).toBe(true);
});

test.each<[string, boolean]>([
  ["/dev", true],
  ["/app/../dev/shm/x", true],
  ["/devices", false],
  ["/proc/self", false],
])("what else the runtime mounts over the image: %s → %s", (path, expected) => {
  expect(leadsThroughKernel(ROOT, path, ["/dev"])).toBe(expected);
});

test.each([
  "/",
  "",
  "/app",
  "/processes",
  "/app/proc",
  "/home",
  "/app/beside/proc",
  "/circle/x",
  "/missing/sys",
])("%j does not", (path) => {
  expect(leadsThroughKernel(ROOT, path)).toBe(false);
});
