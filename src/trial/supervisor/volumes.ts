import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PodPlan, Tools, VolumePlan } from "../plan/plan.ts";
import { mustRun } from "./command.ts";
import { mountMemory } from "./overlay-root.ts";

/** Creates the volumes: tmpfs folders, and injected files. */
export async function makeVolumes({ mount }: Tools, volumes: readonly VolumePlan[]): Promise<void> {
  await Promise.all(volumes.map(async (volume) => makeVolume(mount, volume)));
}

async function makeVolume(mount: string, volume: VolumePlan): Promise<void> {
  mkdirSync(volume.source, { recursive: true });
  // A folder of another volume: see inner-folders.ts.
  if (volume.within !== undefined) return;
  await mountMemory(mount, volume.source, volume);
  writeFiles(volume);
  if (volume.message !== undefined) writeMessage(volume.source, volume.message);
  if (volume.view === undefined) return;
  mkdirSync(volume.view);
  await mustRun(mount, ["-o", "bind,noatime", volume.source, volume.view]);
}

/** Path at which the supervisor reads a volume: see VolumePlan. */
export function viewOf({ volumes }: Pick<PodPlan, "volumes">, source: string): string {
  return volumes.find((volume) => volume.source === source)?.view ?? source;
}

/**
 * Creates the kubelet's file for the termination message: empty and world-writable (kuberuntime_container.go,
 * makeMounts).
 */
function writeMessage(source: string, message: string): void {
  const file = join(source, relativePath(message));
  writeFileSync(file, "", { flag: "wx" });
  chmodSync(file, 0o666);
}

function writeFiles({ source, files = {}, gid, linked }: VolumePlan): void {
  const names = Object.keys(files);
  if (names.length === 0) return;
  const folder = linked === true ? linkedFolder(source, names) : source;
  for (const [path, { content, mode }] of Object.entries(files)) {
    const file = join(folder, relativePath(path));
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    writeFileSync(file, content, { flag: "wx" });
    if (gid !== 0) chownSync(file, 0, gid);
    chmodSync(file, mode);
  }
}

/**
 * Creates the kubelet's layout (atomic_writer.go): files in a folder named by time and number, `..data` as a
 * link to the folder, and a link per file through `..data`. Listing the volume therefore shows links, not
 * files.
 */
function linkedFolder(source: string, paths: readonly string[]): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-T:]/g, "_");
  const name = `..${time}.${Math.floor(Math.random() * 1e9)}`;
  const folder = join(source, name);
  mkdirSync(folder, { mode: 0o755 });
  symlinkSync(name, join(source, "..data"));
  for (const first of new Set(paths.map((path) => relativePath(path).split("/")[0] ?? ""))) {
    symlinkSync(join("..data", first), join(source, first));
  }
  return folder;
}

/** Path within the volume. Keys of ConfigMaps cannot leave the volume, but a user's settings could. */
function relativePath(path: string): string {
  const names = path.split("/");
  if (path.includes("\0") || names.some((name) => name === "" || name === "." || name.startsWith(".."))) {
    throw new Error(`not the path of a file in a volume: ${JSON.stringify(path)}`);
  }
  return path;
}
