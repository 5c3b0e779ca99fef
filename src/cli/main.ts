import { keepCompiledCode } from "./process/compile-cache.ts";

// Called first, since only modules loaded later are cached.
keepCompiledCode({ argv: process.argv.slice(2), env: process.env, cwd: currentFolder() });

/** Rejects only if the program itself cannot be loaded. */
export const ended = import("./run-process.ts").then(({ runProcess }) => runProcess());

/** The working directory; the root if the working directory was removed, which run-process.ts reports. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}
