import { keepCompiledCode } from "./compile-cache.ts";

// Before anything else is loaded: only what comes later profits.
keepCompiledCode(process.env);
/** Rejects only when the program itself cannot be loaded. */
export const ended = import("./run-process.ts").then(({ runProcess }) => runProcess());
