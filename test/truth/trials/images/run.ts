import { spawnSync } from "node:child_process";

/** Runs a shell script in a mount namespace of its own, with its output on stderr. */
export function runScript(script: string, environment: Readonly<Record<string, string>>): void {
  const { status, signal, error } = spawnSync("nice", ["unshare", "--mount", "sh", "-euc", script], {
    stdio: ["ignore", 2, 2],
    env: {
      ...process.env,
      LC_ALL: "C",
      DEBIAN_FRONTEND: "noninteractive",
      LIBMOUNT_FORCE_MOUNT2: "always",
      ...environment,
    },
  });
  if (error !== undefined) throw new Error(`sh could not start: ${error.message}`);
  if (status !== 0) throw new Error(`a script ended with ${signal ?? `exit code ${status}`}:\n${script}`);
}
