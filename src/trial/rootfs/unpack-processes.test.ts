import { execFile, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { emptyImage, type ImageValue, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { imageOf } from "../../../test/fixtures/opened-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { ids } from "../../../test/fixtures/trial/mode.ts";
import { nodeImage } from "../../../test/fixtures/trial-images.ts";
import type { UnpackNote } from "./unpack-note.ts";

const SCRIPT = join(import.meta.dirname, "../../../test/fixtures/unpack.ts");
const isRoot = process.getuid?.() === 0;

interface Said {
  readonly layers: readonly string[];
  readonly notes: readonly UnpackNote[];
}

async function unpackApart(source: string, directory: string): Promise<Said> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, source, directory]);
  return JSON.parse(stdout.split("\n")[1] ?? "");
}

describe.runIf(isRoot)("processes beside one another", () => {
  test("share what they unpack", async () => {
    const directory = temporaryDirectory();
    const [a, b, c] = await Promise.all([1, 2, 3].map(() => unpackApart(nodeImage(), directory)));
    expect([b?.layers, c?.layers]).toEqual([a?.layers, a?.layers]);
    expect(readdirSync(join(directory, "layers-1/host/new"))).toEqual([]);
  });

  test("killed in the middle, one leaves nothing that another takes for whole", async () => {
    const directory = temporaryDirectory();
    const killed = spawn(process.execPath, [SCRIPT, nodeImage(), directory], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const ended = once(killed, "exit");
    await once(killed.stdout, "data");
    while (readdirSync(directory, { recursive: true }).every((name) => !String(name).includes("contents"))) {
      await new Promise((resolve) => void setTimeout(resolve, 2));
    }
    killed.kill("SIGKILL");
    await ended;
    expect(readdirSync(join(directory, "layers-1/host/new"))).toHaveLength(1);
    const { layers } = await unpackApart(nodeImage(), directory);
    const [, content = ""] = layers;
    expect(lstatSync(join(content, "usr/local/bin/node")).size).toBe(lstatSync(process.execPath).size);
  });
});

/** A directory that another user may use, and that is gone with the test although its files are not ours. */
function directoryOf({ uid, gid }: { uid: number; gid: number }): string {
  const directory = temporaryDirectory();
  chownSync(directory, uid, gid);
  chmodSync(directory, 0o755);
  return directory;
}

describe.runIf(isRoot)("root of a user namespace", () => {
  test("unpacks with owners as its map has them, deletions and opaque directories for overlayfs", () => {
    const owner = ids("rootless");
    const cache = directoryOf(owner);
    const image = imageOf(
      [
        { path: "gone", content: "1" },
        { path: "dir/hidden", content: "2" },
        { path: "of-app", content: "3", uid: 1_000, gid: 1_000, mode: 0o640 },
        { path: "of-nobody", content: "4", uid: 1_000_000, gid: 7 },
      ],
      [
        { path: ".wh.gone" },
        { path: "dir/", type: "directory" },
        { path: "dir/.wh..wh..opq" },
        { path: "dir/new" },
      ],
    );
    const look = `
      set -e
      said=$("$0" "$1" "$2" "$3" | tail -n 1)
      lower=$("$0" -p 'JSON.parse(process.argv[1]).layers.toReversed().join(":")' "$said")
      mkdir "$3/upper" "$3/work" "$3/root"
      LIBMOUNT_FORCE_MOUNT2=always mount -t overlay overlay -o "userxattr,lowerdir=$lower,upperdir=$3/upper,workdir=$3/work" "$3/root"
      cd "$3/root"
      stat -c '%n %u %g %a' of-app of-nobody
      ls . dir
      "$0" -p 'JSON.stringify(JSON.parse(process.argv[1]).notes)' "$said"`;
    const unshare = ["--user", "--map-auto", "--map-root-user", "--mount", "sh", "-c", look];
    const seen = execFileSync("unshare", [...unshare, process.execPath, SCRIPT, layoutOf(image), cache], {
      ...owner,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] },
    });
    expect(seen.split("\n")).toEqual([
      "of-app 1000 1000 640",
      "of-nobody 0 7 644",
      ".:",
      "dir",
      "of-app",
      "of-nobody",
      "",
      "dir:",
      "new",
      '[{"kind":"owner","path":"/of-nobody"}]',
      "",
    ]);
  });

  test.each(["file", "stream"])("is what a user becomes to unpack a %s", (how) => {
    const owner = ids("rootless");
    const image = imageOf([
      { path: "file", content: "x".repeat(500_000), uid: 1_000 },
      { path: "etc/", type: "directory", mode: 0o700, uid: 7 },
      { path: "capable", content: "x", xattrs: { "security.capability": CAPABILITY } },
    ]);
    const [source, cache] = [layoutOf(image), directoryOf(owner)];
    const run = () => {
      const { stdout, stderr } = spawnSync(process.execPath, [SCRIPT, source, cache, how], {
        ...owner,
        encoding: "utf8",
        env: { PATH: process.env["PATH"] },
      });
      return {
        said: JSON.parse(stdout.split("\n")[1] ?? ""),
        downloads: stderr.split("downloaded").length - 1,
      };
    };
    const first = run();
    expect(first).toMatchObject({
      said: { notes: [], files: 2, scratch: 1, left: 0 },
      downloads: how === "file" ? 0 : 1,
    });
    expect(lstatSync(join(first.said.layers[0], "file")).uid).toBeGreaterThan(65_536);
    const again = run();
    expect(again).toMatchObject({
      said: { files: 2, layers: [first.said.layers[0], expect.any(String)] },
      downloads: 0,
    });
  });

  test.each(["file", "stream"])("says what is wrong with a %s as root would", (how) => {
    const owner = ids("rootless");
    const lying = withLayer(emptyImage(), {
      ...layerOf([{ path: "a" }]),
      diffId: `sha256:${"0".repeat(64)}`,
    });
    const ran = spawnSync(process.execPath, [SCRIPT, layoutOf(lying), directoryOf(owner), how], {
      ...owner,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] },
    });
    expect(ran.stdout).toContain("layer-diff-id");
    // A download may have been changed on the way.
    expect(ran.stderr.split("downloaded").length - 1).toBe(how === "file" ? 0 : 2);
  });

  test("is nobody without subordinate ids", () => {
    const nobody = { uid: 65_534, gid: 65_534 };
    const ran = spawnSync(
      process.execPath,
      [SCRIPT, layoutOf(imageOf([{ path: "a" }])), directoryOf(nobody)],
      {
        ...nobody,
        encoding: "utf8",
        env: { PATH: process.env["PATH"] },
      },
    );
    expect(ran.stdout).toContain("unpack-namespace");
  });
});

/** Readable by everyone. */
function layoutOf(image: ImageValue): string {
  const layout = temporaryDirectory();
  chmodSync(layout, 0o755);
  writeLayout(image, layout, { ref: "test" });
  return `oci:${layout}:test`;
}

/** CAP_NET_BIND_SERVICE, permitted and effective. */
const CAPABILITY = Uint8Array.of(1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
