import type { ContainerRun, RunOutcome } from "./container-run.ts";
import type { Phase } from "./event-log.ts";
import { readSnapshot } from "./file-snapshot.ts";
import { finishContainer } from "./finish-container.ts";
import { HeldFiles } from "./held-files.ts";
import type { PodContainer } from "./pod.ts";
import { resetMessage } from "./reset-message.ts";
import type { Container } from "./running-container.ts";
import { StartError } from "./runtime.ts";

/**
 * Creates and starts a container, passes it to `body`, and collects its results in any case.
 *
 * @param body receives the start time, as returned by performance.now()
 */
export async function runContainer(
  podContainer: PodContainer,
  root: Phase["root"],
  body: (run: ContainerRun, started: number) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const container = await create(podContainer, root);
  if (container === undefined) return { status: "start-failed" };
  const { log, plan, pod } = podContainer;
  const sockets = pod.watch.follow({ log, pid: container.pid, ports: plan.stimuli.ports });
  try {
    if (pod.plan.name === "writable") await waitForFirst(podContainer);
    if (!(await start(podContainer, container))) return { status: "start-failed" };
    pod.readiness.starts(plan);
    return await body({ podContainer, container, sockets }, performance.now());
  } finally {
    pod.readiness.ends(plan);
    await finishContainer(podContainer, container);
    sockets.leave();
  }
}

/** Waits until the first start of the first pod is over, since that pod needs the processors. */
async function waitForFirst({ pod, log }: PodContainer): Promise<void> {
  await pod.control.begins;
  log.starts();
}

async function create(podContainer: PodContainer, root: Phase["root"]): Promise<Container | undefined> {
  const { factory, log, pod } = podContainer;
  const kept = pod.roots.get(podContainer);
  pod.roots.delete(podContainer);
  try {
    const container = await factory.create({ readOnly: root === "read-only", kept });
    noteInnerFolders(podContainer);
    if (kept !== undefined) pod.held.set(kept.upper, new HeldFiles(kept.upper, container.before));
    return container;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    log.observe({ kind: "start-failed", message: error.message });
    return undefined;
  }
}

/**
 * Records the content of a volume's folder when the folder is first mounted, since earlier containers may
 * have written there.
 */
function noteInnerFolders({ pod, plan }: PodContainer): void {
  for (const { source, view = source, within } of pod.plan.volumes) {
    if (within === undefined || pod.volumes.has(source)) continue;
    if (plan.config.mounts.some((mount) => mount.source === source))
      pod.volumes.set(source, readSnapshot(view));
  }
}

async function start(podContainer: PodContainer, container: Container): Promise<boolean> {
  const { log } = podContainer;
  try {
    resetMessage(podContainer);
    await container.start();
    return true;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    log.observe({ kind: "start-failed", message: error.message });
    return false;
  }
}
