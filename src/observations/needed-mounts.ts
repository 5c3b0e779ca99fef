import { posix } from "node:path";
import type { ImageFacts } from "../contract/image-facts.ts";
import type { WriteEvent } from "../contract/trial-events.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";

/** Writes to the root file system that a single emptyDir would cover. */
export interface NeededMount {
  /** Directory, absolute. */
  readonly path: string;
  /**
   * Whether an emptyDir at this path would hide files of the image, so that the program has to write
   * elsewhere.
   */
  readonly hides: boolean;
  readonly writes: readonly WriteEvent[];
}

/** Folders that every image needs. */
const SYSTEM =
  /^\/(?:(?:opt|home|root|srv|proc|sys|dev|var|var\/lib)?$|(?:etc|usr|bin|sbin|lib|lib32|lib64)(?:\/|$))/;

/** Smallest set of emptyDir volumes that covers all of these writes, sorted by path. */
export function neededMounts(
  trial: TrialFacts,
  writes: readonly WriteEvent[],
  image: ImageFacts | undefined,
): readonly NeededMount[] {
  const mounts: NeededMount[] = [];
  for (const [path, own] of [...Map.groupBy(writes, directoryOf)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const outer = mounts.findIndex((mount) => !mount.hides && contains(mount.path, path));
    const around = mounts[outer];
    const hides = hidesFiles(trial, image, path, own);
    if (around === undefined) mounts.push({ path, hides, writes: own });
    else mounts[outer] = { ...around, hides, writes: [...around.writes, ...own] };
  }
  return mounts;
}

function directoryOf({ path, type }: WriteEvent): string {
  const absolute = posix.resolve("/", path);
  return type === "directory" ? absolute : posix.dirname(absolute);
}

function hidesFiles(
  { argv }: TrialFacts,
  image: ImageFacts | undefined,
  path: string,
  writes: readonly WriteEvent[],
): boolean {
  // A folder that the application creates contains no files of the image.
  if (writes.some((write) => write.path === path && write.type === "directory" && write.change === "created"))
    return false;
  if (writes.some(({ type, change }) => type !== "directory" && change !== "created")) return true;
  return hidesImage({ argv }, image, path);
}

/** Whether a volume at this folder hides files of the system or of the application's start. */
export function hidesImage(
  { argv }: Pick<TrialFacts, "argv">,
  image: ImageFacts | undefined,
  path: string,
): boolean {
  if (SYSTEM.test(path)) return true;
  const programs = [...argv, ...(image?.program.steps ?? []).flatMap(({ file }) => file ?? [])];
  if (programs.some((file) => file.startsWith("/") && contains(path, file))) return true;
  // `node server.js`, `python -m app`: the application is in the working directory.
  const relative = argv.slice(1).some((word) => /^\w/.test(word));
  return relative && contains(path, posix.resolve("/", image?.config.workingDir ?? "/"));
}

/** Whether a path is the folder itself or below it. */
export function contains(directory: string, path: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}
