import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { getCompileCacheDir } from "node:module";
import type { Readable, Writable } from "node:stream";

/**
 * Script of the guardian, which waits beside the supervised command until fd 3 closes, on request or because
 * this process died. It then kills PID 1 of the namespaces, which ends everything in them, waits for PID 1
 * and its parent `unshare`, and removes the remaining cgroups ($1-*). systemd removes an enclosing scope, and
 * the guardian waits for that. Its output may have no reader.
 */
const SCRIPT = `
cgroups=$1; shift
exec 4<&0
"$@" <&4 3<&- 4<&- &
exec 4<&- </dev/null >/dev/null 2>&1
read -r _ <&3
first=$(cat /proc/$!/task/$!/children)
kill -KILL \${first:-$!}
wait $!
test -n "$cgroups" || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  rmdir /sys/fs/cgroup/"$cgroups"-* /sys/fs/cgroup/*/"$cgroups"-*
  left=
  for folder in /sys/fs/cgroup/"$cgroups"-* /sys/fs/cgroup/*/"$cgroups"-*; do
    test -d "$folder" && left=$folder
  done
  test -n "$left" || break
  sleep 0.05
done
scope=\${cgroups%/*}
test "\${scope##*/}" = "\${cgroups##*/}.scope" || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  test -d "/sys/fs/cgroup/$scope" || break
  sleep 0.05
done
`;

export interface ReapedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Ends the command at once; resolves when none of its processes remains. */
  end(): Promise<void>;
}

/** Environment of the supervisor: only the compile cache of this process, which halves the start-up time. */
function environment(): Record<string, string> {
  const { PATH = "" } = process.env;
  const cache = getCompileCacheDir();
  return { PATH, ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) };
}

/** Starts a command that does not outlive this process. @throws Error if the shell cannot be started */
export function startReaper(command: readonly string[], cgroups: string): ReapedProcess {
  const child = spawn("/bin/sh", ["-c", SCRIPT, "douane-trial", cgroups, ...command], {
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    // A separate session: Ctrl-C reaches only this process, which ends the command in order.
    detached: true,
    cwd: "/",
    env: environment(),
  });
  const { stdin, stdout, stderr } = child as ChildProcess & {
    stdin: Writable;
    stdout: Readable;
    stderr: Readable;
  };
  const lifeline = child.stdio[3] as Writable;
  const closed = once(child, "close");
  closed.catch(() => {});
  stdin.on("error", () => {});
  lifeline.on("error", () => {});
  return {
    stdin,
    stdout,
    stderr,
    end: async () => {
      lifeline.destroy();
      stdin.destroy();
      await closed;
    },
  };
}
