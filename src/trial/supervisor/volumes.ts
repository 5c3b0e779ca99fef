import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tools, VolumePlan } from "../plan.ts";
import { mountMemory } from "./root-fs.ts";

/** Makes what is mounted into the container: directories in memory of their own, and injected files. */
export async function makeVolumes({ mount }: Tools, volumes: readonly VolumePlan[]): Promise<void> {
  await Promise.all(volumes.map(async (volume) => makeVolume(mount, volume)));
}

async function makeVolume(mount: string, volume: VolumePlan): Promise<void> {
  mkdirSync(volume.source, { recursive: true });
  await mountMemory(mount, volume.source, volume);
  for (const [name, content] of Object.entries(volume.files ?? {})) {
    writeFileSync(join(volume.source, fileName(name)), content, { mode: 0o644, flag: "wx" });
  }
}

/** Keys of ConfigMaps are no paths; a user's settings could be anything. */
function fileName(name: string): string {
  if (name === "" || name === "." || name === ".." || name.includes("/") || name.includes("\0")) {
    throw new Error(`not the name of a file: ${JSON.stringify(name)}`);
  }
  return name;
}
