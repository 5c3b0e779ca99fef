import { basename, dirname, join } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import { isTemporaryPlace } from "../contract/temporary-path.ts";
import type { ContainerMount } from "./oci/input.ts";
import type { FilePlan, VolumeMount, VolumePlan } from "./plan/plan.ts";
import { podFiles } from "./pod-files.ts";
import type { PodNames, TrialMount } from "./trial-options.ts";

const SHARED_MEMORY = "/dev/shm";
const SHARED_MEMORY_BYTES = 64 * 1024 ** 2;
const [FILES_BYTES, FILES_INODES] = [8 * 1024 ** 2, 4_096];
/**
 * Size of the volume for a termination message; the kubelet reads only its first 4 KiB
 * (kuberuntime_container.go, MaxContainerTerminationMessageLength).
 */
const [MESSAGE_BYTES, MESSAGE_INODES] = [1024 ** 2, 8];

export interface PodVolumes {
  readonly volumes: readonly VolumePlan[];
  /** Volumes by container, in the order of the containers. */
  readonly mounted: readonly ContainerVolumes[];
  /** Bytes that a container may write to its root, if writable. */
  readonly rootBytes: number;
}

/** Mounts of one container, and the writable mounts among them. */
interface ContainerVolumes {
  readonly mounts: readonly ContainerMount[];
  readonly writable: readonly VolumeMount[];
}

/**
 * Volumes of a pod, which outlive its containers, and their mounts.
 *
 * @param containers mounts of each container
 */
export function podVolumes(
  scratch: string,
  names: PodNames,
  containers: readonly (readonly TrialMount[])[],
): PodVolumes {
  const most = fairShare(containers);
  const made = new Volumes(scratch, most);
  const pod = made.addFiles(podFiles(names));
  const memory = made.addWritable({ path: SHARED_MEMORY, bytes: SHARED_MEMORY_BYTES });
  const all: ContainerVolumes = {
    mounts: [
      ...["hosts", "hostname", "resolv.conf"].map((name) => bind(`/etc/${name}`, join(pod, name), false)),
      bind(SHARED_MEMORY, memory, false),
    ],
    writable: [{ path: SHARED_MEMORY, source: memory }],
  };
  const mounted = containers.map((mounts) => {
    const own = mounts.map((mount) => mountOf(mount, made));
    return {
      mounts: [...all.mounts, ...own].toSorted((a, b) => depth(a.path) - depth(b.path)),
      writable: [...all.writable, ...mounts.flatMap((mount, index) => writableIn(mount, own[index]))],
    };
  });
  return { volumes: made.volumes, mounted, rootBytes: most };
}

/** Writable part of a mount; for a single file, its folder. */
function writableIn({ kind }: TrialMount, bound: Bind | undefined): readonly VolumeMount[] {
  if (bound === undefined || bound.readOnly) return [];
  const { path, source } = bound;
  if (kind !== "message") return [{ path, source }];
  // A file directly in `/` is its own place, since writes beside it belong to the root.
  const directory = dirname(path) === "/" ? path : dirname(path);
  return [{ path: directory, source: dirname(source) }];
}

/** Bytes of each writable file system, so that all together, roots included, stay within the bound. */
function fairShare(containers: readonly (readonly TrialMount[])[]): number {
  const empty = containers.flat().filter((mount) => mount.kind === "empty");
  const volumes = new Set(empty.map((mount) => mount.volume ?? mount));
  return Math.min(
    LIMITS.trialTmpfsBytes,
    Math.floor(LIMITS.trialPodTmpfsBytes / (containers.length + volumes.size)),
  );
}

type Bind = Extract<ContainerMount, { readonly kind: "bind" }>;

function mountOf(mount: TrialMount, made: Volumes): Bind {
  if (mount.kind === "empty") return bind(mount.path, made.addWritable(mount), mount.readOnly ?? false);
  if (mount.kind === "message") return bind(mount.path, made.addMessage(fileName(mount.path)), false);
  const { gid } = mount;
  if (mount.kind === "files") {
    return bind(mount.path, made.addFiles(mount.files, { gid, linked: true }), true);
  }
  const name = basename(mount.path);
  const { content, mode } = mount;
  return bind(mount.path, join(made.addFiles({ [name]: { content, mode } }, { gid }), name), true);
}

class Volumes {
  readonly volumes: VolumePlan[] = [];
  readonly #scratch: string;
  readonly #most: number;
  /** Volumes that containers share, by their names. */
  readonly #shared = new Map<string, VolumePlan>();

  /** @param most bytes of each volume */
  constructor(scratch: string, most: number) {
    this.#scratch = scratch;
    this.#most = most;
  }

  /** @param gid fsGroup, which may read each file (volume_linux.go, changeFilePermission) */
  addFiles(
    files: Readonly<Record<string, FilePlan>>,
    { gid = 0, linked }: { readonly gid?: number | undefined; readonly linked?: true } = {},
  ): string {
    const owned = Object.entries(files).map(([path, { content, mode }]) => {
      return [path, { content, mode: gid === 0 ? mode : mode | 0o440 }] as const;
    });
    const more = linked === undefined ? {} : { linked };
    const volume = { mode: 0o755, gid, bytes: FILES_BYTES, inodes: FILES_INODES };
    return this.#add({ files: Object.fromEntries(owned), ...more, ...volume }).source;
  }

  addWritable({
    path,
    volume,
    subPath = "",
    bytes = LIMITS.trialTmpfsBytes,
    gid = 0,
  }: Omit<Extract<TrialMount, { readonly kind: "empty" }>, "kind" | "readOnly">): string {
    // The kubelet's mode for an emptyDir: setgid if the pod has an fsGroup.
    const mode = gid === 0 ? 0o777 : 0o2777;
    const isSticky = path === "/tmp" || path === SHARED_MEMORY;
    const room = { gid, bytes: Math.min(bytes, this.#most), inodes: LIMITS.trialTmpfsInodes };
    const whole = this.#sharedAs(volume, {
      ...room,
      mode: isSticky && subPath === "" ? 0o1777 : mode,
    });
    const within = { source: whole.source, path: subPath };
    const mounted =
      subPath === "" ? whole : this.#sharedAs(`${within.source} ${subPath}`, { ...room, mode, within });
    return isTemporaryPlace(`${path}/file`) ? mounted.source : this.#withView(mounted).source;
  }

  #sharedAs(name: string | undefined, volume: Omit<VolumePlan, "source">): VolumePlan {
    const shared = name === undefined ? undefined : this.#shared.get(name);
    if (shared !== undefined) return shared;
    const added = this.#add(volume);
    if (name !== undefined) this.#shared.set(name, added);
    return added;
  }

  /** @returns the path of the file */
  addMessage(message: string): string {
    const volume = { mode: 0o755, gid: 0, bytes: MESSAGE_BYTES, inodes: MESSAGE_INODES };
    return join(this.#add({ message, ...volume }).source, message);
  }

  #add(volume: Omit<VolumePlan, "source">): VolumePlan {
    const source = join(this.#scratch, "volumes", `${this.volumes.length}`);
    const added = { source, ...volume };
    this.volumes.push(added);
    return added;
  }

  /** Adds a second mount to volumes that may hold state, to observe reads. */
  #withView({ source }: VolumePlan): VolumePlan {
    const index = this.volumes.findIndex((one) => one.source === source);
    const volume = { ...(this.volumes[index] as VolumePlan), view: `${source}.view` };
    this.volumes[index] = volume;
    return volume;
  }
}

/** File name for the kubelet's file; any would do, but writes are reported by the container's name. */
function fileName(path: string): string {
  const name = basename(path);
  return name === "" || name.startsWith("..") ? "message" : name;
}

function bind(path: string, source: string, readOnly: boolean): Bind {
  return { kind: "bind", path, source, readOnly };
}

/** Depth of a path, for sorting parents before children. */
function depth(path: string): number {
  return path.split("/").filter((name) => name !== "").length;
}
