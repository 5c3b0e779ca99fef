import { keepCompiledCode } from "./process/compile-cache.ts";

// First of all, since only modules loaded later are cached.
keepCompiledCode(process.env);
/** Rejects only when the program itself cannot be loaded. */
export const ended = import("./run-process.ts").then(({ runProcess }) => runProcess());
