import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runContainer } from "../../test/fixtures/container.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { programImage, trialImage } from "../../test/fixtures/trial-images.ts";
import { LIMITS } from "../contract/limits.ts";
import type { OciConfigInput } from "./oci/input.ts";
import { ociConfig } from "./oci-config.ts";

const INPUT: OciConfigInput = {
  root: "/bundle/rootfs",
  readOnlyRoot: true,
  argv: ["/app"],
  env: ["A=1"],
  cwd: "/",
  user: { uid: 1_000, gid: 1_000, additionalGids: [1_000, 2_000] },
  hostname: "pod",
  capabilities: [],
  mounts: [],
  networkNamespace: "/proc/1/ns/net",
};

test("a Restricted container has no rights", () => {
  const { process, root, linux } = ociConfig(INPUT);
  expect(root).toEqual({ path: "/bundle/rootfs", readonly: true });
  expect(process.noNewPrivileges).toBe(true);
  expect(process.capabilities).toEqual({ bounding: [], effective: [], permitted: [] });
  expect(linux.maskedPaths).toContain("/proc/kcore");
  expect(linux.readonlyPaths).toContain("/proc/sys");
  expect(linux.seccomp.defaultAction).toBe("SCMP_ACT_ERRNO");
});

test("without cgroups there is nothing of them: rlimits are what is left", () => {
  const { mounts, linux, process } = ociConfig({ ...INPUT, userProcesses: 512 });
  expect(mounts.map(({ type }) => type)).not.toContain("cgroup");
  expect(linux).not.toHaveProperty("resources");
  expect(linux).not.toHaveProperty("cgroupsPath");
  expect(process.rlimits).toContainEqual({ type: "RLIMIT_NPROC", soft: 512, hard: 512 });
  expect(process.rlimits).toContainEqual({
    type: "RLIMIT_DATA",
    soft: LIMITS.trialDataBytes,
    hard: LIMITS.trialDataBytes,
  });
});

test("limits become those of the cgroup, devices are denied", () => {
  const cgroup = { path: "/douane/x", memoryBytes: 64e6, cpus: 0.5, pids: 100 };
  const { linux, mounts } = ociConfig({ ...INPUT, cgroup });
  expect(linux).toMatchObject({
    cgroupsPath: "/douane/x",
    resources: {
      devices: [{ allow: false, access: "rwm" }],
      memory: { limit: 64e6 },
      cpu: { period: 100_000, quota: 50_000 },
      pids: { limit: 100 },
    },
  });
  expect(mounts.map(({ destination }) => destination)).toContain("/sys/fs/cgroup");
  expect(ociConfig({ ...INPUT, cgroup: { path: "/x", cpus: 0.001 } }).linux).toMatchObject({
    resources: { cpu: { quota: 1_000 } },
  });
});

test("a pod's sysctls stand beside containerd's own", () => {
  const { linux } = ociConfig({ ...INPUT, sysctls: { "net.ipv4.tcp_syncookies": "1" } });
  expect(linux.sysctl).toMatchObject({
    "net.ipv4.ip_unprivileged_port_start": "0",
    "net.ipv4.tcp_syncookies": "1",
  });
});

test("volumes are mounted as the kubelet has them, memory with its bounds", () => {
  const { mounts } = ociConfig({
    ...INPUT,
    mounts: [
      { kind: "bind", path: "/etc/app", source: "/host/app", readOnly: true },
      { kind: "tmpfs", path: "/cache", bytes: 1_000, inodes: 10, mode: 0o2777, gid: 2_000 },
    ],
  });
  expect(mounts.slice(-2)).toEqual([
    {
      destination: "/etc/app",
      type: "bind",
      source: "/host/app",
      options: ["rbind", "rprivate", "nosuid", "nodev", "ro"],
    },
    {
      destination: "/cache",
      type: "tmpfs",
      source: "tmpfs",
      options: ["nosuid", "nodev", "mode=2777", "gid=2000", "size=1000", "nr_inodes=10"],
    },
  ]);
});

describe.runIf(process.getuid?.() === 0)("runc takes it", () => {
  const program = (...flags: readonly string[]) => ["/app/program", ...flags, "--exit=0"];

  test("with user, groups, mounts and a root that is read only", async () => {
    const host = temporaryDirectory();
    writeFileSync(join(host, "settings"), "from the host\n");
    chmodSync(join(host, "settings"), 0o666);
    mkdirSync(join(host, "cache"));
    chmodSync(join(host, "cache"), 0o777);
    chmodSync(host, 0o755);
    const ran = await runContainer(programImage({}), {
      argv: program(
        "--ids",
        "--cat=/etc/settings",
        "--append=/etc/settings",
        "--append=/cache/x",
        "--append=/tmp/x",
        "--append=/app/x",
        "--append=/proc/sys/kernel/hostname",
        "--cat=/proc/keys",
        "--cat=/proc/sys/net/ipv4/ip_unprivileged_port_start",
        "--cat=/proc/sys/kernel/hostname",
      ),
      user: { uid: 1_234, gid: 5_678, additionalGids: [5_678, 9] },
      mounts: [
        { kind: "tmpfs", path: "/tmp", bytes: 1e6, inodes: 100 },
        { kind: "bind", path: "/etc/settings", source: join(host, "settings"), readOnly: true },
        { kind: "bind", path: "/cache", source: join(host, "cache"), readOnly: false },
      ],
    });
    expect([ran.stdout.split("\n"), ran.stderr]).toEqual([
      [
        "uid=1234 gid=5678 groups=9,5678",
        "from the host",
        "/etc/settings EROFS",
        "/cache/x written",
        "/tmp/x written",
        "/app/x EROFS",
        "/proc/sys/kernel/hostname EACCES",
        "0",
        "pod",
        "",
      ],
      "",
    ]);
  });

  test("with a cgroup, whose limits hold", async () => {
    const cgroup = { path: `/douane-test-${process.pid}`, memoryBytes: 32e6, cpus: 1, pids: 32 };
    const ran = await runContainer(programImage({}), { argv: ["/app/program", "--hog-memory"], cgroup });
    expect(ran.status).toBe(137);
  });

  test("a file capability beyond the bounding set keeps a program from starting", async () => {
    const ran = await runContainer(trialImage("capable-entrypoint"), { argv: ["/app/capable", "--exit=0"] });
    expect(ran.stderr).toContain("operation not permitted");
    const added = await runContainer(trialImage("capable-entrypoint"), {
      argv: ["/app/capable", "--exit=0"],
      capabilities: ["CAP_NET_BIND_SERVICE"],
    });
    expect(added).toMatchObject({ stderr: "", status: 0 });
  });
});
