/** The user's systemd, and the program to call it. */
export interface UserSystemd {
  /** Absolute path of systemd-run. */
  readonly systemdRun: string;
  /** Value of XDG_RUNTIME_DIR, where systemd listens. */
  readonly runtimeDirectory: string;
}

/**
 * Script that moves the command into a cgroup beside the containers' cgroups: limits work only below a cgroup
 * without processes. The script contains no `$`, which future versions of systemd-run will expand.
 */
const SETUP = [
  'cd "/sys/fs/cgroup`sed -n s/^0:://p /proc/self/cgroup`"',
  "mkdir supervisor",
  "echo 0 >supervisor/cgroup.procs",
  'echo "+cpu +memory +pids" >cgroup.subtree_control',
  "cd /",
  "unset XDG_RUNTIME_DIR",
].join(" && ");

/**
 * Command that runs another command in a scope of the user's systemd, `NAME.scope`, with a delegated cgroup.
 * systemd-run replaces itself by the command. systemd removes the scope with its cgroups after the last
 * process.
 */
export function inScope(
  { systemdRun, runtimeDirectory }: UserSystemd,
  name: string,
  command: readonly string[],
): readonly [string, ...string[]] {
  const scope = ["--user", "--scope", "--quiet", "--collect", `--unit=${name}`, "--property=Delegate=yes"];
  const script = `${SETUP} && exec ${command.map(quoted).join(" ")}`;
  const asked = ["/usr/bin/env", `XDG_RUNTIME_DIR=${runtimeDirectory}`, systemdRun, ...scope] as const;
  return [...asked, "--", "/bin/sh", "-c", script];
}

/** The word quoted for a shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
