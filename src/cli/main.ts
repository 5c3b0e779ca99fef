import { keepCompiledCode } from "./compile-cache.ts";

// Before anything else is loaded: only what comes later profits.
keepCompiledCode(process.env);
const { runProcess } = await import("./run-process.ts");
await runProcess();
