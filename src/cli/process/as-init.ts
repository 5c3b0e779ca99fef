import { spawn } from "node:child_process";
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs the same command line in a child process and forwards signals to it. Used for PID 1, for which the
 * system ignores signals without a listener; a JavaScript listener would wait for a busy thread.
 *
 * @returns the child's exit code, 128 + the signal's number, or undefined if the child could not be started
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
