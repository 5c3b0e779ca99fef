import { processContext } from "./process/process-context.ts";
import { run } from "./run.ts";

/** The whole program. Ends at once: idle connections and worker threads are not worth waiting for, all output is written. */
export async function runProcess(): Promise<never> {
  process.exit((await behindInit()) ?? (await run(processContext())));
}

async function behindInit(): Promise<number | undefined> {
  if (process.pid !== 1) return undefined;
  const { runBehindInit } = await import("./process/as-init.ts");
  return runBehindInit();
}
