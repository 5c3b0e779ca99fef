import { spawn } from "node:child_process";
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs this same command line in a process of its own, and hands signals on to it. For PID 1: the
 * system ignores there what has no listener, and a listener waits for whatever keeps the thread busy.
 *
 * @returns its exit code, 128 + the number of the signal that ended it, or undefined when it could not be started
 */
export async function runBehindInit(
  argv: readonly string[] = [...process.execArgv, ...process.argv.slice(1)],
): Promise<number | undefined> {
  const child = spawn(process.execPath, argv, { stdio: "inherit" });
  const listeners = SIGNALS.map((name) => [name, () => void child.kill(name)] as const);
  for (const [name, listener] of listeners) process.on(name, listener);
  const ended = Promise.withResolvers<number | undefined>();
  child.on("error", () => ended.resolve(undefined));
  child.on("close", (code, signal) =>
    ended.resolve(signal === null ? (code ?? undefined) : 128 + constants.signals[signal]),
  );
  try {
    return await ended.promise;
  } finally {
    for (const [name, listener] of listeners) process.off(name, listener);
  }
}
