import { ALLOWED_SYSCALLS } from "./allowed-syscalls.ts";
import { CONDITIONAL_SYSCALLS } from "./conditional-syscalls.ts";
import type { OciSeccomp, OciSyscallRule } from "./oci-seccomp.ts";

interface Architecture {
  /** Seccomp names: the native architecture, then compatible ones. */
  readonly names: readonly string[];
  readonly syscalls: readonly string[];
}

/** Architectures by Node's names. */
const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x64: {
    names: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
    syscalls: ["arch_prctl", "modify_ldt"],
  },
  arm64: {
    names: ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
    syscalls: [
      "arm_fadvise64_64",
      "arm_sync_file_range",
      "breakpoint",
      "cacheflush",
      "set_tls",
      "sync_file_range2",
    ],
  },
};

/**
 * RuntimeDefault as containerd derives it for a container without capabilities; NET_BIND_SERVICE changes
 * nothing. System calls that are not listed fail with EPERM. One rule is stricter: see
 * conditional-syscalls.ts on ptrace().
 *
 * @param architecture Node's `process.arch`; for unknown architectures, only native calls pass
 */
export function seccompProfile(architecture: string = process.arch): OciSeccomp {
  const known = Object.hasOwn(ARCHITECTURES, architecture) ? ARCHITECTURES[architecture] : undefined;
  const names = [...ALLOWED_SYSCALLS, ...(known?.syscalls ?? [])];
  const allowed: OciSyscallRule = { names, action: "SCMP_ACT_ALLOW" };
  return {
    defaultAction: "SCMP_ACT_ERRNO",
    architectures: known?.names ?? [],
    syscalls: [allowed, ...CONDITIONAL_SYSCALLS],
  };
}
