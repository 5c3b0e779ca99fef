import { useCompiledCode } from "../files/compiled-code.ts";

// Called first, since only modules loaded later are loaded from compiled code.
useCompiledCode(import.meta.dirname);

/** Rejects only if the program itself cannot be loaded. */
export const ended = import("./start.ts").then(({ start }) => start());
