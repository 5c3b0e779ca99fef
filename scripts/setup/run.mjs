import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..");

/** Error that a contributor must resolve before setup can continue. */
export class SetupError extends Error {}

/**
 * Runs a command with its output on stderr, since stdout belongs to the command after setup.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 */
export function run(command, args, options = {}) {
  const line = [command, ...args].join(" ");
  process.stderr.write(`setup: ${line}\n`);
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
    ...options,
  });
  if (error !== undefined) throw new SetupError(`\`${line}\` could not start: ${error.message}`);
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  throw new SetupError(`\`${line}\` ended with ${signal ?? `exit code ${status}`}`);
}

/**
 * Runs a command and shows its output only if it fails.
 * @param {string} command
 * @param {readonly string[]} args
 */
export function runSilently(command, args) {
  run(command, args, { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
}
