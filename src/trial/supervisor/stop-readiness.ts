import type { ContainerRun, StartSeen } from "./container-run.ts";
import { IdleWatch } from "./idle-watch.ts";
import { handlesStop, since } from "./stop-container.ts";

const LOOK_MS = 20;
/** Idle time after which a container without a handler is assumed never to install one. */
const IDLE_MS = 1_000;

/**
 * Waits until a container can probably handle its stop signal: the kernel drops a signal for which the first
 * process has no handler yet. If an earlier start had a handler, the handler is awaited. Otherwise, a server
 * counts as ready once it listens, and other processes once they are idle.
 *
 * @param started start time, as returned by performance.now()
 * @param mostMs maximum wait, from the start
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

/** Minimum wait: a worker gets the time that it needed before, even if its probe succeeds earlier. */
function leastTime(like: StartSeen | undefined): number {
  if (like === undefined) return 0;
  return like.handled ? like.readyMs : like.upMs;
}
