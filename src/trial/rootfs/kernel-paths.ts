import { LIMITS } from "../../contract/limits.ts";
import type { RootFs } from "../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../image/tar/path.ts";

/**
 * Whether a container path leads through /proc or /sys, following the image's links one by one: the kernel's
 * file systems hide the image's content there, and `self/fd/8` would be a file of the host.
 *
 * @param hidden folders that the runtime mounts over the image
 */
export function leadsThroughKernel(
  rootFs: Pick<RootFs, "lookUp">,
  path: string,
  hidden: readonly string[] = ["/proc", "/sys"],
): boolean {
  const rest = path.split("/");
  let [at, links] = ["", 0];
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === "" || name === ".") continue;
    at = name === ".." ? directoryOf(at) : `${at}/${name}`;
    if (hidden.includes(at)) return true;
    const link = at === "" ? undefined : rootFs.lookUp(at)?.link;
    if (link === undefined) continue;
    links += 1;
    // A cycle of links leads nowhere.
    if (links > LIMITS.symlinks) return false;
    rest.unshift(...link.split("/"));
    at = link.startsWith("/") ? "" : directoryOf(at);
  }
  return false;
}
