import type { ContainerRun, StartSeen } from "./container-run.ts";
import { handlesStop, since } from "./end-container.ts";
import { IdleWatch } from "./idle-watch.ts";

const LOOK_MS = 20;
/** Who has no handler by then, and neither ran nor waited to run for so long, will make none. */
const IDLE_MS = 1_000;

/**
 * Waits until a container can heed its stop signal, as far as that can be told: the kernel drops a
 * signal that a first process has no handler for yet. A start before tells whether it will have
 * one; without, a server is as far once it listens, and who listens nowhere once it is idle.
 *
 * @param started as performance.now() tells it
 * @param mostMs the longest wait, from the start
 */
export async function awaitStopReadiness(
  run: ContainerRun,
  started: number,
  { like, mostMs }: { readonly like: StartSeen | undefined; readonly mostMs: number },
): Promise<void> {
  const { container, sockets } = run;
  const serves = sockets.listeners.length > 0;
  if (serves && like?.handled !== true) return;
  const idle = new IdleWatch(container.pid);
  const leastMs = serves ? 0 : leastTime(like);
  const isReady = (): boolean => {
    if (since(started) < leastMs) return false;
    if (handlesStop(run)) return true;
    return like === undefined ? idle.idleMs() >= IDLE_MS : !like.handled;
  };
  while (since(started) < mostMs && !isReady()) {
    if ((await container.waitForEnd(LOOK_MS)) !== undefined) return;
  }
}

/** A worker is given the time that it had before, whatever its probe finds of the start before. */
function leastTime(like: StartSeen | undefined): number {
  if (like === undefined) return 0;
  return like.handled ? like.readyMs : like.upMs;
}
