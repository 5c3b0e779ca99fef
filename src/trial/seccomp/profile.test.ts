import { describe, expect, test } from "vitest";
import { runContainer } from "../../../test/fixtures/container.ts";
import { nodeImage, programImage, pythonImage } from "../../../test/fixtures/trial-images.ts";
import { ALLOWED_SYSCALLS } from "./allowed-syscalls.ts";
import { seccompProfile } from "./profile.ts";

test("no call is named twice, and none of those that only privileges allow", () => {
  expect(new Set(ALLOWED_SYSCALLS).size).toBe(ALLOWED_SYSCALLS.length);
  const privileged = [
    "mount",
    "unshare",
    "setns",
    "bpf",
    "keyctl",
    "userfaultfd",
    "perf_event_open",
    "chroot",
  ];
  expect(ALLOWED_SYSCALLS.filter((name) => privileged.includes(name))).toEqual([]);
});

test("each architecture has its own calls", () => {
  expect(seccompProfile("x64").architectures).toEqual(["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]);
  expect(seccompProfile("arm64").architectures).toEqual(["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]);
  expect(seccompProfile("x64").syscalls[0]?.names).toContain("arch_prctl");
  expect(seccompProfile("arm64").syscalls[0]?.names).toContain("cacheflush");
  expect(seccompProfile("toString").architectures).toEqual([]);
});

describe.runIf(process.getuid?.() === 0)("in a container", () => {
  test("what no unprivileged pod may call is denied, what programs need is not", async () => {
    const expected = {
      "unshare-user": "EPERM",
      "clone-user": "EPERM",
      clone3: "ENOSYS",
      setns: "EPERM",
      mount: "EPERM",
      umount: "EPERM",
      open_tree: "EPERM",
      pivot_root: "EPERM",
      chroot: "EPERM",
      keyctl: "EPERM",
      add_key: "EPERM",
      bpf: "EPERM",
      userfaultfd: "EPERM",
      perf_event_open: "EPERM",
      io_uring_setup: "EPERM",
      reboot: "EPERM",
      init_module: "EPERM",
      syslog: "EPERM",
      "ptrace-attach": "EPERM",
      "ptrace-seize": "EPERM",
      "ptrace-traceme": "allowed",
      "socket-vsock": "EPERM",
      "socket-unix": "allowed",
      "personality-query": "allowed",
      "personality-no-aslr": "EPERM",
      futex: "allowed",
    };
    const tries = Object.keys(expected).map((name) => `--try=${name}`);
    const { stdout, stderr } = await runContainer(programImage({}), {
      argv: ["/app/program", ...tries, "--exit=0"],
    });
    const seen = stdout.split("\n").filter((line) => line !== "");
    expect([Object.fromEntries(seen.map((line) => line.split(" "))), stderr]).toEqual([expected, ""]);
  });

  test("it is the profile that denies them", async () => {
    const names = ["unshare-user", "keyctl", "add_key", "ptrace-attach", "personality-no-aslr"];
    const tries = names.map((name) => `--try=${name}`);
    const { stdout } = await runContainer(
      programImage({}),
      { argv: ["/app/program", ...tries, "--exit=0"] },
      (config) => ({ ...config, linux: { ...config.linux, seccomp: undefined } }),
    );
    for (const name of names) expect(stdout).toContain(`${name} allowed\n`);
  });

  test("Node runs, with its threads and child processes", async () => {
    const script = `
      const { Worker } = require("node:worker_threads");
      const { execFileSync } = require("node:child_process");
      const seen = execFileSync(process.execPath, ["-e", "console.log(6 * 7)"], { encoding: "utf8" });
      new Worker("require('node:worker_threads').parentPort.postMessage(1)", { eval: true })
        .on("message", (one) => console.log(seen.trim(), one));`;
    const ran = await runContainer(nodeImage(), { argv: ["/usr/local/bin/node", "-e", script] });
    expect(ran).toMatchObject({ stdout: "42 1\n", stderr: "", status: 0 });
  });

  test("Python runs, with its threads and child processes", async () => {
    const script = `
import subprocess, sys, threading
thread = threading.Thread(target=lambda: print("thread", flush=True))
thread.start(); thread.join()
print(subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True).stdout.strip())`;
    const ran = await runContainer(pythonImage(), { argv: ["/usr/bin/python3", "-c", script] });
    expect(ran).toMatchObject({ stdout: "thread\n42\n", stderr: "", status: 0 });
  });
});
