import { join } from "node:path";
import { nodeImage } from "../../../test/fixtures/trial-images.ts";
import { bundle } from "../bundle.ts";
import { benchDirectory } from "../cache.ts";
import { layersOf } from "../layers.ts";
import type { Subject } from "../measure.ts";
import { ANSWERS, DOUANE, emptyDirectory } from "../subjects.ts";

/** What is measured of trials, by the names that the figures use. */
export const TRIAL_SUBJECTS = {
  trial: "trial: a Node HTTP server, warm",
  unpack: "trial: cold unpack",
  tar: "tar -x of the same layers",
  doctor: "doctor",
} as const;

/** @param base an image in this disk's files; with Node's own it makes 250 MB to unpack */
export async function trialSubjects(base: string): Promise<readonly Subject[]> {
  const names = TRIAL_SUBJECTS;
  const unpacked = join(benchDirectory(), "unpacked");
  const program = await bundle(join(import.meta.dirname, "unpack.ts"), "unpack.js");
  const sources = [base, nodeImage()];
  const layers = (await Promise.all(sources.map(layersOf))).flatMap((image) => image.layers);
  const extract = layers.map(({ file }) => `tar -xf '${file}' -C '${unpacked}'`).join(" && ");
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
      prepare: () => emptyDirectory(unpacked),
    },
    {
      name: names.unpack,
      command: [process.execPath, program, unpacked, ...sources],
      exits: [0],
      prepare: () => emptyDirectory(unpacked),
    },
    { name: names.doctor, command: [...DOUANE, "doctor"], exits: [0] },
  ];
}
