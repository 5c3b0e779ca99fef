import type { PodContainer } from "./pod.ts";

/** Nanoseconds by which the clock of file systems may lag behind: a tick of the kernel, with room. */
const LAG = 20_000_000n;

/** Records when a container is about to be stopped. */
export function noteStopTime(podContainer: PodContainer): void {
  podContainer.pod.stoppingAt.set(podContainer, BigInt(Date.now()) * 1_000_000n - LAG);
}

/**
 * Whether an entry in a volume of the container was written, created or removed since its last stop began.
 * The next start may then find another state: a marker that is left, or a file that is missing.
 */
export function changedAtStop(podContainer: PodContainer): boolean {
  const { pod, plan } = podContainer;
  const since = pod.stoppingAt.get(podContainer);
  if (since === undefined) return false;
  return plan.writable.some(({ source }) => {
    const volume = pod.volumes.get(source);
    if (volume === undefined) return false;
    if (volume.cut || (volume.changed ?? 0n) >= since) return true;
    // A folder's time shows that names were created or removed in it.
    return [...volume.entries.values()].some(({ writtenAt }) => writtenAt >= since);
  });
}
