// Process that runs commands of the bundle and writes the code that V8 compiled for them.
// Arguments: the bundle's folder, then command lines in JSON.
import { createRequire } from "node:module";
import { join } from "node:path";
import v8 from "node:v8";
import threads, { type WorkerOptions } from "node:worker_threads";
import { RecordedScripts } from "./recorded-scripts.ts";
import { State } from "./state.ts";

const [executable = "", , bundle = "", lines = "[]"] = process.argv;
const require = createRequire(import.meta.url);
const state = new State();
const scripts = new RecordedScripts(bundle);
const { Worker } = threads;
const exit = process.exit.bind(process);

// Flags stay as they are: V8 refuses code that was compiled under others.
v8.setFlagsFromString = () => undefined;
// A command ends its process.
process.exit = (() => undefined) as unknown as typeof process.exit;

/** The first thread that reads layers: it reads each of them, beside the main thread, and writes its own code. */
threads.Worker = class extends Worker {
  constructor(_: string | URL, options: WorkerOptions) {
    const { files } = options.workerData;
    const everyFile = { ...files, taken: new Int32Array(new SharedArrayBuffer(4)) };
    const workerData = { ...options.workerData, files: everyFile, bundle, state: state.shared };
    super(new URL("./thread.ts", import.meta.url), { ...options, workerData });
    threads.Worker = Worker;
  }

  override async terminate(): Promise<number> {
    return 0;
  }
};

for (const line of JSON.parse(lines)) {
  process.argv = [executable, "douane", ...line];
  const entry = require.resolve(join(bundle, "douane.cjs"));
  Reflect.deleteProperty(require.cache, entry);
  await require(entry).ended;
}
state.finish();
scripts.write(/^chunk-/);
exit(0);
