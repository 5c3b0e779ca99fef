import type { ToolName } from "./tools.ts";

/**
 * The command that starts a program as PID 1 of new namespaces; root of them, too, when it is not
 * root here. The kernel kills it when its parent is gone, and with PID 1 all of the namespace ends.
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
