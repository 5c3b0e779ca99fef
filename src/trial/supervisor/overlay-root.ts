import { chownSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import type { ContainerPlan, PodPlan } from "../plan/plan.ts";
import { mustRun } from "./command.ts";

/** Environment for mount: the newer system calls of libmount cut options at 256 bytes. */
const MOUNT_ENV = { LIBMOUNT_FORCE_MOUNT2: "always" };

export interface MountedRoot {
  /** Path of the container's `/`. */
  readonly path: string;
  /** Folder of the differences from the image. */
  readonly upper: string;
  release(): Promise<void>;
}

/**
 * Links to the layers, highest first, with short names without `:` and `,`, which overlayfs accepts whatever
 * the layers' paths.
 */
export function linkLayers(folder: string, layers: readonly string[]): readonly string[] {
  mkdirSync(folder);
  return layers
    .map((layer, index) => {
      const link = join(folder, index.toString(36));
      symlinkSync(layer, link);
      return link;
    })
    .toReversed();
}

/** Mounts the image's file system with a new, empty tmpfs on top for writes. */
export async function mountRoot(
  {
    scratch,
    tools,
    rootBytes,
    mountOptions,
    ids,
  }: Pick<PodPlan, "scratch" | "tools" | "rootBytes"> & Pick<ContainerPlan, "mountOptions" | "ids">,
  links: readonly string[],
  name: string,
): Promise<MountedRoot> {
  const base = join(scratch, name);
  const [memory, path] = [join(base, "memory"), join(base, "root")];
  mkdirSync(memory, { recursive: true });
  mkdirSync(path);
  await mountMemory(tools.mount, memory, {
    mode: 0o755,
    gid: 0,
    bytes: rootBytes,
    inodes: LIMITS.trialTmpfsInodes,
  });
  const [upper, work] = [join(memory, "upper"), join(memory, "work")];
  mkdirSync(upper, { mode: 0o755 });
  if (ids !== undefined) chownSync(upper, ids.first, ids.first);
  mkdirSync(work);
  const options = [
    "strictatime",
    ...mountOptions,
    `lowerdir=${links.join(":")}`,
    `upperdir=${upper}`,
    `workdir=${work}`,
  ];
  await mustRun(tools.mount, ["-t", "overlay", "overlay", "-o", options.join(","), path], { env: MOUNT_ENV });
  return {
    path,
    upper,
    release: async () => {
      await mustRun(tools.umount, ["-l", path, memory]);
      rmSync(base, { recursive: true, force: true });
    },
  };
}

export async function mountMemory(
  mount: string,
  path: string,
  {
    mode,
    gid,
    bytes,
    inodes,
  }: { readonly mode: number; readonly gid: number; readonly bytes: number; readonly inodes: number },
): Promise<void> {
  const options = `nosuid,nodev,strictatime,mode=${mode.toString(8)},gid=${gid},size=${bytes},nr_inodes=${inodes}`;
  await mustRun(mount, ["-t", "tmpfs", "-o", options, "tmpfs", path]);
}
