import { setTimeout as sleep } from "node:timers/promises";
import type { ReadyEvent } from "../../contract/trial-events.ts";
import type { ContainerRun } from "./container-run.ts";
import { succeeded, tryProbe } from "./probe/declared.ts";

const PERIOD_MS = 100;

/**
 * Whether a Service of the pod may lead to a container: its probes have succeeded, the readiness probe also
 * where a startup probe came first.
 *
 * @param by result of waitReady()
 * @param readyMs maximum wait for the readiness probe in milliseconds
 */
export async function isReadyForServices(
  { podContainer: { plan, pod }, container }: ContainerRun,
  by: ReadyEvent["by"],
  readyMs: number,
): Promise<boolean> {
  const { probes, toldPort } = plan.stimuli;
  const [first, second] = probes.filter(({ why }) => why !== "liveness");
  if (by === "nothing") return false;
  // Beside a second replica, the Service leads to the first, which is ready.
  if (first === undefined || toldPort !== undefined || pod.plan.ownServices.length === 0) return true;
  if (by !== "probe") return false;
  if (second === undefined) return true;
  const until = performance.now() + readyMs;
  while (performance.now() < until && container.end() === undefined) {
    if (succeeded(await tryProbe(second, container))) return true;
    await sleep(PERIOD_MS);
  }
  return false;
}
