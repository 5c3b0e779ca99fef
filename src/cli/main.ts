import { processContext } from "./process-context.ts";
import { run } from "./run.ts";

// Ends at once: idle connections and worker threads are not worth waiting for, all output is written.
process.exit(await run(processContext()));
