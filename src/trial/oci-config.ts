import { LIMITS } from "../contract/limits.ts";
import { HIGHEST_ID } from "../start/container-user.ts";
import type { ContainerCgroup, ContainerMount, OciConfigInput } from "./oci/input.ts";
import { MASKED_PATHS, READ_ONLY_PATHS } from "./oci/protected-paths.ts";
import { CGROUP_MOUNT, type OciMount, STANDARD_MOUNTS } from "./oci/standard-mounts.ts";
import type { IdShift } from "./rootfs/user-namespace-ids.ts";
import { seccompProfile } from "./seccomp/profile.ts";

/** Sysctls that containerd sets for every pod (enable_unprivileged_ports, enable_unprivileged_icmp). */
const POD_SYSCTLS = {
  "net.ipv4.ip_unprivileged_port_start": "0",
  "net.ipv4.ping_group_range": `0 ${HIGHEST_ID}`,
};

/** Kernel's default scheduling period in microseconds, by which the kubelet divides quotas. */
const CPU_PERIOD = 100_000;
const LEAST_CPU_QUOTA = 1_000;

/**
 * The config.json that containerd would give runc for a container of a Restricted pod
 * (https://github.com/opencontainers/runtime-spec/blob/main/config.md): no capabilities, no new privileges,
 * RuntimeDefault, even if the manifest omits them. The config is the same for root and for root of a user
 * namespace with delegated cgroups. Without cgroups (`cgroup` absent), no cgroup file system is mounted, and
 * limits are rlimits.
 */
export function ociConfig(input: OciConfigInput) {
  const { capabilities, cgroup } = input;
  return {
    ociVersion: "1.0.2",
    root: { path: input.root, readonly: input.readOnlyRoot },
    hostname: input.hostname,
    process: {
      terminal: false,
      user: input.user,
      args: input.argv,
      env: input.env,
      cwd: input.cwd,
      noNewPrivileges: true,
      // As in CRI, added capabilities are bounding, effective and permitted, never inheritable or ambient.
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      rlimits: rlimits(input),
      oomScoreAdj: 1_000,
    },
    mounts: [
      ...STANDARD_MOUNTS,
      ...(cgroup === undefined ? [] : [CGROUP_MOUNT]),
      ...input.mounts.map(ociMount),
    ],
    linux: {
      namespaces: namespaces(input),
      ...(input.ids === undefined ? {} : idMappings(input.ids)),
      sysctl: { ...POD_SYSCTLS, ...input.sysctls },
      seccomp: seccompProfile(input.architecture ?? process.arch),
      maskedPaths: MASKED_PATHS,
      readonlyPaths: READ_ONLY_PATHS,
      ...(cgroup === undefined ? {} : { cgroupsPath: cgroup.path, resources: resources(cgroup) }),
    },
  };
}

function idMappings({ first, count }: IdShift): object {
  const mappings = [{ containerID: 0, hostID: first, size: count }];
  return { uidMappings: mappings, gidMappings: mappings };
}

function namespaces({ networkNamespace, ipcNamespace, ids }: OciConfigInput): readonly object[] {
  return [
    ...(ids === undefined ? [] : [{ type: "user" }]),
    { type: "pid" },
    { type: "mount" },
    { type: "uts" },
    { type: "ipc", ...(ipcNamespace === undefined ? {} : { path: ipcNamespace }) },
    { type: "network", ...(networkNamespace === undefined ? {} : { path: networkNamespace }) },
    { type: "cgroup" },
  ];
}

/** Rlimits of a container. Core dumps are off, since a hostile program must not write them to the host. */
function rlimits({ userProcesses }: OciConfigInput): readonly object[] {
  const core = { type: "RLIMIT_CORE", soft: 0, hard: 0 };
  if (userProcesses === undefined) return [core];
  const [data, processes] = [LIMITS.trialDataBytes, userProcesses];
  return [
    core,
    { type: "RLIMIT_DATA", soft: data, hard: data },
    { type: "RLIMIT_NPROC", soft: processes, hard: processes },
  ];
}

function ociMount(mount: ContainerMount): OciMount {
  const { path: destination } = mount;
  if (mount.kind === "bind") {
    const options = ["rbind", "rprivate", "nosuid", "nodev", mount.readOnly ? "ro" : "rw"];
    return { destination, type: "bind", source: mount.source, options };
  }
  const mode = (mount.mode ?? 0o1777).toString(8);
  const group = mount.gid === undefined ? [] : [`gid=${mount.gid}`];
  const caps = [`size=${mount.bytes}`, `nr_inodes=${mount.inodes}`];
  return {
    destination,
    type: "tmpfs",
    source: "tmpfs",
    options: ["nosuid", "nodev", `mode=${mode}`, ...group, ...caps],
  };
}

/**
 * Resources as the kubelet sets them: limits on the cgroup, and no devices except those that runc creates.
 */
function resources({ memoryBytes, cpus, pids }: ContainerCgroup): object {
  return {
    devices: [{ allow: false, access: "rwm" }],
    ...(memoryBytes === undefined ? {} : { memory: { limit: memoryBytes } }),
    ...(cpus === undefined ? {} : { cpu: { period: CPU_PERIOD, quota: cpuQuota(cpus) } }),
    ...(pids === undefined ? {} : { pids: { limit: pids } }),
  };
}

function cpuQuota(cpus: number): number {
  return Math.max(LEAST_CPU_QUOTA, Math.round(cpus * CPU_PERIOD));
}
