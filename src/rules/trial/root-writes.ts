import type { ImageFacts } from "../../contract/image-facts.ts";
import type { WriteEvent } from "../../contract/trial-facts.ts";
import { contains } from "./needed-mounts.ts";
import { observed } from "./observed.ts";
import type { PhaseRun } from "./phase-run.ts";

const REFUSED = /EROFS|read-only file ?system/i;

/** What was written to the root file system; `volumes`: to the image's VOLUMEs, which the runtime keeps writable. */
export function rootWrites(
  run: PhaseRun,
  image: ImageFacts | undefined,
): { readonly root: readonly WriteEvent[]; readonly volumes: readonly WriteEvent[] } {
  const writes = observed(run.observations, "write").filter(({ area }) => area === "/");
  const volumes = (image?.config.volumes ?? []).map((volume) => volume.replace(/(?<=[^/])\/+$/, ""));
  const inVolume = ({ path }: WriteEvent): boolean => volumes.some((volume) => contains(volume, path));
  return { root: writes.filter((write) => !inVolume(write)), volumes: writes.filter(inVolume) };
}

/** A line that says that a read-only file system refused a write. */
export function refusedWrite({ observations }: PhaseRun): string | undefined {
  const lines = observed(observations, "output").flatMap(({ sample }) => sample.split("\n"));
  return lines.find((line) => REFUSED.test(line))?.trim();
}
