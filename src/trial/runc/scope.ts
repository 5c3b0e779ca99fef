/** The user's systemd, and how to ask it. */
export interface UserSystemd {
  /** Absolute path of systemd-run. */
  readonly systemdRun: string;
  /** XDG_RUNTIME_DIR, in which it listens. */
  readonly runtimeDirectory: string;
}

/**
 * Limits can be set below a cgroup that holds no process itself, so the command goes to one beside
 * the containers'. Without any `$`: systemd-run says that it will come to expand it.
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
 * The command that runs another in a scope of its own of the user's systemd, `NAME.scope`, whose
 * cgroup is delegated to it. No process stands between: systemd-run becomes the command. When the
 * last process is gone systemd removes the scope, with whatever cgroups are in it.
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

/** For a shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
