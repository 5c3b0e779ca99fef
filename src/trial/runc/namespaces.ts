import type { ToolName } from "./tools.ts";

/**
 * Command that starts a program as PID 1 of new namespaces, and as root of a new user namespace unless this
 * process is root. When its parent ends, the kernel kills the program, and with it everything in the
 * namespace.
 */
export function inNamespaces(
  tools: ReadonlyMap<ToolName, string>,
  rootless: boolean,
  command: readonly string[],
): readonly [string, ...string[]] {
  const user = rootless ? ["--user", "--map-auto", "--map-root-user"] : [];
  const others = ["--net", "--ipc", "--uts", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const [setpriv = "setpriv", unshare = "unshare"] = [tools.get("setpriv"), tools.get("unshare")];
  return [setpriv, "--pdeathsig", "KILL", unshare, ...user, ...others, ...command];
}
