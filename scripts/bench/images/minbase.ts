import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { madeOnce } from "../cache.ts";
import { BenchError, run } from "../run.ts";

const SUITE = "trixie";

/** Tar of a fresh Debian minbase (80 packages), without apt's downloads. */
export function minbaseTar(): string {
  return join(madeOnce("debian", `${SUITE} minbase`, makeTar), "minbase.tar");
}

function makeTar(directory: string): void {
  if (process.getuid?.() !== 0) throw new BenchError("debootstrap and chroot need root: run this as root");
  const root = join(directory, "root");
  run("debootstrap", ["--variant=minbase", SUITE, root, debianMirror()]);
  // apt empties the folders itself, and leaves those it needs.
  run("chroot", [root, "apt-get", "clean"]);
  run("find", [join(root, "var/lib/apt/lists"), "-type", "f", "-delete"]);
  run("tar", ["-C", root, "--numeric-owner", "--sort=name", "-cf", join(directory, "minbase.tar"), "."]);
  rmSync(root, { recursive: true });
}

/** The first mirror that this machine's apt has for the suite. */
function debianMirror(): string {
  const filters = ["Created-By: Packages", `Release: ${SUITE}`, "Component: main"];
  const { stdout } = spawnSync("apt-get", ["indextargets", "--format", "$(REPO_URI)", ...filters], {
    encoding: "utf8",
  });
  const [mirror] = stdout.split("\n");
  if (mirror) return mirror;
  throw new BenchError(`apt knows no mirror of Debian ${SUITE}: add one to /etc/apt/sources.list.d`);
}
