import type { ImageFacts } from "../contract/image-facts.ts";
import type { WriteEvent } from "../contract/trial-events.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { contains } from "./needed-mounts.ts";
import { observed } from "./observed.ts";
import { type PhaseRun, phaseRun, runOn } from "./phase-run.ts";

const REFUSED = /EROFS|read-only file ?system/i;

/**
 * Writes to the root while it was writable; `volumes`: writes to the image's VOLUMEs, which the runtime keeps
 * writable.
 */
export function rootWrites(
  trial: TrialFacts,
  image: ImageFacts | undefined,
): { readonly root: readonly WriteEvent[]; readonly volumes: readonly WriteEvent[] } {
  // A container that restarts on a writable root is also stopped there, and may write while it stops.
  const runs = [phaseRun(trial, "writable"), runOn(trial, "restart", "writable")];
  const all = runs.flatMap(({ observations }) => observed(observations, "write"));
  const byPath = new Map(all.filter(({ area }) => area === "/").map((write) => [write.path, write]));
  const writes = [...byPath.values()];
  const volumes = (image?.config.volumes ?? []).map((volume) => volume.replace(/(?<=[^/])\/+$/, ""));
  const inVolume = ({ path }: WriteEvent): boolean => volumes.some((volume) => contains(volume, path));
  return { root: writes.filter((write) => !inVolume(write)), volumes: writes.filter(inVolume) };
}

/** Line of output about a write denied by a read-only file system. */
export function refusedWrite({ observations }: PhaseRun): string | undefined {
  const lines = observed(observations, "output").flatMap(({ sample }) => sample.split("\n"));
  return lines.find((line) => REFUSED.test(line))?.trim();
}
