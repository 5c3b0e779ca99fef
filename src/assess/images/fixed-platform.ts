import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { wantedPlatform } from "../../image/documents/platform.ts";
import { nodeArchitectures } from "../../start/node-affinity.ts";

/**
 * Platform for which a workload's images are judged, by the nodes that accept its pods: `linux/arm64` for
 * arm64 nodes. Of several architectures, that of this machine, otherwise the first.
 *
 * @param asked platform named by the user or a setting, which takes precedence
 * @param own architecture of this machine
 * @returns undefined for the platform of the run, also if no known node accepts the pods
 */
export function fixedPlatform(
  { pod }: Pick<WorkloadFacts, "pod">,
  asked: string | undefined,
  own = wantedPlatform().architecture,
): string | undefined {
  if (asked !== undefined) return undefined;
  const [first, ...others] = nodeArchitectures(pod.spec) ?? [];
  if (first === undefined) return undefined;
  return `linux/${others.includes(own) ? own : first}`;
}
