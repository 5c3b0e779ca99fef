import { rmSync } from "node:fs";
import { join } from "node:path";
import { nodeImage } from "../../../test/fixtures/trial-images.ts";
import { bundle } from "../bundle.ts";
import { benchDirectory } from "../cache.ts";
import { layersOf } from "../layers.ts";
import type { Subject } from "../measure.ts";
import { ANSWERS, DOUANE, emptyDirectory } from "../subjects.ts";

/** Measured subjects about trials, by the figures' names. */
export const TRIAL_SUBJECTS = {
  trial: "trial: a Node HTTP server, warm",
  unpack: "trial: cold unpack",
  tar: "tar -x of the same layers",
  doctor: "doctor",
} as const;

/**
 * A folder in memory. On a disk, each tree is created where the previous was just deleted; ext4 without a
 * journal avoids such inodes for a minute or more, and skips over each of them for every new file.
 */
const UNPACKED = "/dev/shm/douane-bench";

/** @param base an image in this disk's files; with Node's own it makes 250 MB to unpack */
export async function trialSubjects(base: string): Promise<readonly Subject[]> {
  const names = TRIAL_SUBJECTS;
  const program = await bundle(join(import.meta.dirname, "unpack.ts"), "unpack.cjs");
  const sources = [base, nodeImage()];
  const layers = (await Promise.all(sources.map(layersOf))).flatMap((image) => image.layers);
  const extract = layers.map(({ file }) => `tar -xf '${file}' -C '${UNPACKED}'`).join(" && ");
  process.on("exit", () => rmSync(UNPACKED, { recursive: true, force: true }));
  return [
    {
      name: names.trial,
      command: [...DOUANE, "trial", nodeImage()],
      env: { XDG_CACHE_HOME: join(benchDirectory(), "warm") },
      exits: ANSWERS,
    },
    {
      name: names.tar,
      command: ["sh", "-c", extract],
      exits: [0],
      prepare: () => emptyDirectory(UNPACKED),
    },
    {
      name: names.unpack,
      command: [process.execPath, program, UNPACKED, ...sources],
      exits: [0],
      prepare: () => emptyDirectory(UNPACKED),
    },
    { name: names.doctor, command: [...DOUANE, "doctor"], exits: [0] },
  ];
}
