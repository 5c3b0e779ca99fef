import { chmodSync, chownSync, closeSync, constants, fstatSync, mkdirSync, openSync } from "node:fs";
import type { ContainerPlan, PodPlan, VolumePlan } from "../plan/plan.ts";
import { mustRun } from "./command.ts";
import { StartError } from "./runtime.ts";

/** Flag of open(2) that opens only a place in the tree, whatever is there; Node has no constant for it. */
const O_PATH = 0o10_000_000;

/** Folders of volumes that containers mount by subPath. */
export class InnerFolders {
  readonly #pod: Pick<PodPlan, "tools" | "volumes">;
  /**
   * Mounts by the volume's source. Each is made once and kept, as the kubelet does while a container runs.
   */
  readonly #bound = new Map<string, Promise<void>>();

  constructor(pod: Pick<PodPlan, "tools" | "volumes">) {
    this.#pod = pod;
  }

  /**
   * Binds the folders that a container mounts, before the container is created, since earlier containers may
   * have created the folders.
   *
   * @throws StartError if a path is not a folder, or leads through a link
   */
  async bind({ config: { mounts } }: Pick<ContainerPlan, "config">): Promise<void> {
    const sources = new Set(mounts.map(({ source }) => source));
    for (const volume of this.#pod.volumes) {
      if (volume.within === undefined || !sources.has(volume.source)) continue;
      const binding = this.#bound.get(volume.source) ?? this.#bindOne(volume, volume.within);
      this.#bound.set(volume.source, binding);
      await binding;
    }
  }

  async #bindOne(volume: VolumePlan, within: NonNullable<VolumePlan["within"]>): Promise<void> {
    const { mount } = this.#pod.tools;
    const fd = openFolder(within, volume);
    try {
      // The open place is used, not its path, since a container could put a link there meanwhile.
      const place = `/proc/${process.pid}/fd/${fd}`;
      await mustRun(mount, ["--no-canonicalize", "-o", "bind", place, volume.source]);
    } finally {
      closeSync(fd);
    }
    if (volume.view === undefined) return;
    mkdirSync(volume.view);
    await mustRun(mount, ["-o", "bind,noatime", volume.source, volume.view]);
  }
}

/**
 * Opens a folder of a volume, step by step and through no link, and creates missing folders like the kubelet
 * (subpath_linux.go, doSafeMakeDir): owned by root, the last with the permissions of the volume.
 *
 * @returns a descriptor that only names the folder, to be closed by the caller
 * @throws StartError
 */
function openFolder(
  { source, path }: NonNullable<VolumePlan["within"]>,
  { mode, gid }: Pick<VolumePlan, "mode" | "gid">,
): number {
  let fd = openSync(source, O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    for (const [index, name] of names.entries()) {
      const inner = `/proc/self/fd/${fd}/${name}`;
      const isNew = name !== ".." && makeFolder(inner);
      const next = openSync(inner, O_PATH | constants.O_NOFOLLOW);
      closeSync(fd);
      fd = next;
      if (name === ".." || !fstatSync(fd).isDirectory()) throw new StartError(refusal(path));
      if (!isNew || index < names.length - 1) continue;
      chownSync(`/proc/self/fd/${fd}`, 0, gid);
      chmodSync(`/proc/self/fd/${fd}`, mode);
    }
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error instanceof StartError ? error : new StartError(refusal(path), { cause: error });
  }
}

function makeFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o755 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * The kubelet's message for a link that leaves the volume; a link inside the volume, or a file, is not
 * followed here either.
 */
function refusal(path: string): string {
  return `failed to prepare subPath ${JSON.stringify(path)} for volumeMount: it is no directory of the volume`;
}
