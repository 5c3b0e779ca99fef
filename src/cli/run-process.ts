import { processContext } from "./process/process-context.ts";
import { run } from "./run.ts";

/**
 * Runs the whole program and ends at once, without waiting for idle connections and worker threads; all
 * output is written.
 */
export async function runProcess(): Promise<never> {
  process.exit((await behindInit()) ?? (await run(processContext())));
}

async function behindInit(): Promise<number | undefined> {
  if (process.pid !== 1) return undefined;
  const { runBehindInit } = await import("./process/as-init.ts");
  return runBehindInit();
}
