import type { WriteEvent } from "../../contract/trial-events.ts";
import { keepFiles } from "./keep-files.ts";
import type { PodContainer } from "./pod.ts";

/** @param place directory that was read, with its path in the container */
export function recordWrites(
  podContainer: PodContainer,
  place: { readonly directory: string; readonly area: string },
  { writes, cut }: { readonly writes: readonly WriteEvent[]; readonly cut: boolean },
): void {
  const { log } = podContainer;
  for (const write of writes) log.observe(write);
  keepFiles(podContainer, place, writes);
  if (cut) log.observe({ kind: "limit", what: "writes" });
}
