import { constants } from "node:os";
import type { PodContainer } from "./pod.ts";
import type { Container } from "./running-container.ts";

const KILL_MS = 30_000;

/**
 * Ends a container that still runs, and records its output and the bounds that it reached. Its files are read
 * later.
 */
export async function finishContainer(podContainer: PodContainer, container: Container): Promise<void> {
  const { pod, log } = podContainer;
  const { events, outputs } = container;
  if (container.end() === undefined) container.signal(constants.signals.SIGKILL);
  if ((await container.waitForEnd(KILL_MS)) === undefined) throw new Error("the container cannot be killed");
  const [outOfProcesses, outOfMemory] = [events.outOfProcesses || container.overrun, events.outOfMemory];
  for (const output of await Promise.all(outputs.map((output) => output.close()))) {
    if (output.bytes > 0) log.observe(output);
  }
  for (const kept of outputs.flatMap((output) => output.kept() ?? [])) log.keep(kept);
  if (outputs.some(({ slowed }) => slowed)) log.observe({ kind: "limit", what: "output-rate" });
  if (outOfProcesses) log.observe({ kind: "limit", what: "processes" });
  if (outOfMemory) log.observe({ kind: "limit", what: "memory" });
  pod.ended.push({ podContainer, container });
}
