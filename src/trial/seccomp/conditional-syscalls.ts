import type { OciSyscallRule } from "./oci-seccomp.ts";

const ENOSYS = 38;
const AF_VSOCK = 40;

/**
 * Allowed arguments of personality(): PER_LINUX and PER_LINUX32, each also with UNAME26, and the value that
 * only queries the personality.
 */
const PERSONALITIES = [0x0, 0x8, 0x2_0000, 0x2_0008, 0xffff_ffff];

/** Namespace flags of clone(): CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const NAMESPACE_FLAGS =
  0x0002_0000 | 0x0200_0000 | 0x0400_0000 | 0x0800_0000 | 0x1000_0000 | 0x2000_0000 | 0x4000_0000;

/** PTRACE requests of a tracer to a child that called PTRACE_TRACEME. */
const PTRACE_ATTACH = 16;
const TRACING_REQUESTS = [17, 24, 0x4200, 0x4201, 0x4202, 0x4203, 0x4204, 0x4205];

/** System calls allowed for some arguments only, without CAP_SYS_ADMIN. */
export const CONDITIONAL_SYSCALLS: readonly OciSyscallRule[] = [
  // Sockets to the hypervisor are denied, since no namespace confines them.
  {
    names: ["socket"],
    action: "SCMP_ACT_ALLOW",
    args: [{ index: 0, value: AF_VSOCK, op: "SCMP_CMP_NE" }],
  },
  ...PERSONALITIES.map((value) => ({
    names: ["personality"],
    action: "SCMP_ACT_ALLOW" as const,
    args: [{ index: 0, value, op: "SCMP_CMP_EQ" as const }],
  })),
  {
    names: ["clone"],
    action: "SCMP_ACT_ALLOW",
    args: [{ index: 0, value: NAMESPACE_FLAGS, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ" }],
  },
  // containerd allows ptrace() completely since Linux 4.8 and relies on the node's Yama to restrict
  // attaching. A trial's image is hostile, and the machine's Yama may be off, so attaching (PTRACE_ATTACH,
  // PTRACE_SEIZE) to a process that did not request it is denied.
  {
    names: ["ptrace"],
    action: "SCMP_ACT_ALLOW",
    args: [{ index: 0, value: PTRACE_ATTACH, op: "SCMP_CMP_LT" }],
  },
  ...TRACING_REQUESTS.map((value) => ({
    names: ["ptrace"],
    action: "SCMP_ACT_ALLOW" as const,
    args: [{ index: 0, value, op: "SCMP_CMP_EQ" as const }],
  })),
  // Flags of clone3() are in memory, where filters cannot read them, so it is denied; C libraries fall back
  // to clone().
  { names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: ENOSYS },
];
