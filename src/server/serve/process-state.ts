import type { QueueState } from "../examine/examinations.ts";
import { errorFields, type Log } from "../log.ts";
import type { ProcessState } from "../metrics/process-metrics.ts";
import type { Store } from "../ports.ts";

/** Reasons in its store why a process is not ready; empty if there are none. Never rejects. */
export async function storeProblems(store: Pick<Store, "isReady">): Promise<readonly string[]> {
  return (await store.isReady().catch(() => false)) ? [] : ["the store cannot be reached"];
}

/** State of a process for its metrics. Never rejects: a queue that cannot be read is left out. */
export async function processState(
  { store, log }: { readonly store: Pick<Store, "isReady">; readonly log: Log },
  queue: () => Promise<QueueState>,
): Promise<ProcessState> {
  const isStoreReady = (await storeProblems(store)).length === 0;
  if (!isStoreReady) return { isStoreReady };
  try {
    return { isStoreReady, examinations: await queue() };
  } catch (error) {
    log("warn", "queue of examinations not read", errorFields(error));
    return { isStoreReady };
  }
}
