import { spawn } from "node:child_process";
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs the same command line in a child process and forwards signals to it. For PID 1, which ignores signals
 * without a listener, while a JavaScript listener waits for a busy thread.
 *
 * @returns its exit code, 128 + the signal's number, or undefined if it could not be started
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
