import { spawnSync } from "node:child_process";

/** Error that stops the benchmark: a failed preparation or run. */
export class BenchError extends Error {}

/**
 * Runs a preparing command, politely, with its output on stderr.
 *
 * @throws BenchError when it cannot start or fails
 */
export function run(command: string, args: readonly string[], cwd?: string): void {
  const line = [command, ...args].join(" ");
  process.stderr.write(`bench: ${line}\n`);
  const stdio = ["ignore", 2, 2] as const;
  const { status, signal, error } = spawnSync("nice", [command, ...args], { cwd, stdio: [...stdio] });
  if (error !== undefined) throw new BenchError(`\`${line}\` could not start: ${error.message}`);
  if (status !== 0) throw new BenchError(`\`${line}\` ended with ${signal ?? `exit code ${status}`}`);
}
