import { basename, join } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import type { ContainerMount } from "./oci/input.ts";
import type { AreaPlan } from "./plan.ts";
import { podFiles } from "./pod-files.ts";
import type { TrialMount } from "./trial-options.ts";

/** Not in any container: where single files lie that are mounted one by one. */
const POD_FILES = "";
const SHARED_MEMORY_BYTES = 64 * 1024 ** 2;
const [FILES_BYTES, FILES_INODES] = [8 * 1024 ** 2, 4_096];

/** The file systems of a pod that outlive its container, and how the container sees them. */
export function podAreas(
  scratch: string,
  hostname: string,
  mounts: readonly TrialMount[],
): { readonly areas: readonly AreaPlan[]; readonly mounts: readonly ContainerMount[] } {
  const source = (index: number): string => join(scratch, "areas", `${index}`);
  const pod = filesArea(POD_FILES, join(scratch, "areas", "pod"), podFiles(hostname));
  const shm = writableArea("/dev/shm", join(scratch, "areas", "shm"), SHARED_MEMORY_BYTES, 0);
  const areas = [pod, shm];
  const seen: ContainerMount[] = [
    ...["hosts", "hostname", "resolv.conf"].map((name) =>
      bind(`/etc/${name}`, join(pod.source, name), false),
    ),
    bind("/dev/shm", shm.source, false),
  ];
  for (const [index, mount] of mounts.entries()) {
    if (mount.kind === "empty") {
      areas.push(writableArea(mount.path, source(index), mount.bytes, mount.gid));
      seen.push(bind(mount.path, source(index), false));
    } else if (mount.kind === "files") {
      areas.push(filesArea(mount.path, source(index), mount.files));
      seen.push(bind(mount.path, source(index), true));
    } else {
      const name = basename(mount.path);
      areas.push(filesArea(POD_FILES, source(index), { [name]: mount.content }));
      seen.push(bind(mount.path, join(source(index), name), true));
    }
  }
  return { areas, mounts: seen.toSorted((a, b) => depth(a.path) - depth(b.path)) };
}

function writableArea(
  path: string,
  source: string,
  bytes: number = LIMITS.trialTmpfsBytes,
  gid = 0,
): AreaPlan {
  const most = Math.min(bytes, LIMITS.trialTmpfsBytes);
  // As the kubelet makes an emptyDir, setgid when it has an fsGroup.
  const mode = path === "/tmp" || path === "/dev/shm" ? 0o1777 : gid === 0 ? 0o777 : 0o2777;
  return { path, source, mode, gid, bytes: most, inodes: LIMITS.trialTmpfsInodes };
}

function filesArea(path: string, source: string, files: Readonly<Record<string, string>>): AreaPlan {
  return { path, source, files, mode: 0o755, gid: 0, bytes: FILES_BYTES, inodes: FILES_INODES };
}

function bind(path: string, source: string, readOnly: boolean): ContainerMount {
  return { kind: "bind", path, source, readOnly };
}

/** Parents stand before children. */
function depth(path: string): number {
  return path.split("/").filter((name) => name !== "").length;
}
