import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { imageOf, openedImage } from "../../../test/fixtures/opened-image.ts";
import { withOverlay } from "../../../test/fixtures/overlay.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import type { TarEntry } from "../../image/tar/write.ts";
import { type MountPoint, makeMountPoints, STANDARD_MOUNT_POINTS } from "./mount-points.ts";
import { unpackLayers } from "./unpack-layers.ts";

async function skeletonOf(entries: readonly TarEntry[], points: readonly MountPoint[]) {
  const unpacked = await unpackLayers(await openedImage(imageOf(entries)), {
    directory: temporaryDirectory(),
  });
  const skeleton = join(temporaryDirectory(), "skeleton");
  makeMountPoints(skeleton, unpacked.rootFs, points);
  return { unpacked, skeleton, made: readdirSync(skeleton, { recursive: true }).map(String).toSorted() };
}

const directory = (path: string): MountPoint => ({ path, type: "directory" });
const file = (path: string): MountPoint => ({ path, type: "file" });

test
  .runIf(process.getuid?.() === 0)
  .each<[string, readonly TarEntry[], readonly MountPoint[], readonly string[]]>([
    [
      "what is missing",
      [],
      STANDARD_MOUNT_POINTS,
      ["dev", "etc", "etc/hostname", "etc/hosts", "etc/resolv.conf", "proc", "sys"],
    ],
    [
      "nothing that is there",
      [{ path: "etc/hosts", content: "" }],
      [directory("/etc"), file("/etc/hosts")],
      [],
    ],
    [
      "what a link leads to",
      [{ path: "var/run", type: "symlink", link: "../run" }, { path: "run/x" }],
      [directory("/var/run/app")],
      ["run", "run/app"],
    ],
    [
      "what a link leads to that leads nowhere",
      [{ path: "etc/resolv.conf", type: "symlink", link: "/run/systemd/resolv.conf" }],
      [file("/etc/resolv.conf")],
      ["run", "run/systemd", "run/systemd/resolv.conf"],
    ],
    [
      "nothing outside",
      [{ path: "etc", type: "symlink", link: "../../../../tmp/attack" }],
      [file("/etc/hosts")],
      ["tmp", "tmp/attack", "tmp/attack/hosts"],
    ],
    ["nothing behind a file", [{ path: "etc", content: "" }], [file("/etc/hosts")], []],
    [
      "nothing behind links that go in circles",
      [
        { path: "a", type: "symlink", link: "b" },
        { path: "b", type: "symlink", link: "a" },
      ],
      [file("/a/x")],
      [],
    ],
    ["paths that are odd", [], [directory("data//x/../y/")], ["data", "data/y"]],
  ])("%s is made", async (_, entries, points, expected) => {
  const { made } = await skeletonOf(entries, points);
  expect(made).toEqual(expected);
});

test.runIf(process.getuid?.() === 0)("directories on the way look as they do in the image", async () => {
  const entries: TarEntry[] = [
    { path: "srv/", type: "directory", mode: 0o2770, uid: 7, gid: 8 },
    { path: "srv/kept", content: "" },
  ];
  const { unpacked, skeleton } = await skeletonOf(entries, [directory("/srv/data"), file("/new/file")]);
  withOverlay(
    unpacked,
    (root, upper) => {
      expect(lstatSync(join(root, "srv"))).toMatchObject({ mode: 0o42770, uid: 7, gid: 8 });
      expect(lstatSync(join(root, "srv/data")).mode & 0o7777).toBe(0o755);
      expect(existsSync(join(root, "srv/kept"))).toBe(true);
      expect(lstatSync(join(root, "new/file")).isFile()).toBe(true);
      expect(readdirSync(upper)).toEqual([]);
    },
    [skeleton],
  );
});
