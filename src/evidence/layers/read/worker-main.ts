// Entry of the thread that reads layers in the bundle: dist/layer-worker.cjs.

import { useCompiledCode } from "../../../files/compiled-code.ts";

useCompiledCode(import.meta.dirname);

/** Resolves when the thread has read the files of its queue. */
export const loaded = import("./worker.ts");
