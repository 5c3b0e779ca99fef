import { keepCompiledCode } from "./process/compile-cache.ts";

// Called first, since only modules loaded later are cached.
keepCompiledCode(process.env);
/** Rejects only if the program itself cannot be loaded. */
export const ended = import("./run-process.ts").then(({ runProcess }) => runProcess());
