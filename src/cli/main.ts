import { keepCompiledCode } from "./process/compile-cache.ts";

// Before anything else is loaded: only what comes later profits.
keepCompiledCode(process.env);
/** Rejects only when the program itself cannot be loaded. */
export const ended = import("./process/run-process.ts").then(({ runProcess }) => runProcess());
