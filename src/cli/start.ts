import { keepCompiledCode } from "./process/compile-cache.ts";

/** Runs the program, whose modules loaded from here on are kept in Node's compile cache. */
export async function start(): Promise<never> {
  keepCompiledCode({ argv: process.argv.slice(2), env: process.env, cwd: currentFolder() });
  const { runProcess } = await import("./run-process.ts");
  return runProcess();
}

/** The working directory; the root if the working directory was removed, which run-process.ts reports. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}
