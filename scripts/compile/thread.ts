// Thread that runs the bundle's thread for layers and writes the code that V8 compiled for it.
import { createRequire } from "node:module";
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import { RecordedScripts } from "./recorded-scripts.ts";
import { State } from "./state.ts";

const { bundle } = workerData;
const state = new State(workerData.state);
const scripts = new RecordedScripts(bundle);
await createRequire(import.meta.url)(join(bundle, "layer-worker.cjs")).loaded;
state.waitForEnd();
scripts.write(/^layer-chunk-/);
state.confirm();
