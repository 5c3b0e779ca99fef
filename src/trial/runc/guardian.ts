import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { getCompileCacheDir } from "node:module";
import type { Readable, Writable } from "node:stream";

/**
 * Waits beside its command until fd 3 ends: because we close it, or because we are no more, however
 * that came. Then it kills PID 1 of the namespaces, with which everything in them ends, waits for
 * that with `unshare`, its parent, and removes the cgroups ($1-*), which would be all that is left;
 * the scope around them, if they are in one of our own, is systemd's to remove, which it waits for.
 * Nobody may be there any more to read what the shell says.
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

export interface Guarded {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Ends the command, at once, and resolves when nothing of it is left. */
  end(): Promise<void>;
}

/** Nothing of ours is the supervisor's business, but where compiled code is kept: it starts in half the time. */
function environment(): Record<string, string> {
  const { PATH = "" } = process.env;
  const cache = getCompileCacheDir();
  return { PATH, ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) };
}

/** Starts a command that does not outlive this process. @throws Error when the shell cannot be started */
export function startGuarded(command: readonly string[], cgroups: string): Guarded {
  const child = spawn("/bin/sh", ["-c", SCRIPT, "douane-trial", cgroups, ...command], {
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    // A session of its own: Ctrl-C is for us, who then end it in order.
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
