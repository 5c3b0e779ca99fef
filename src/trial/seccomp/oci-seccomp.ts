// Seccomp part of config.json:
// https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp

export interface OciSeccomp {
  readonly defaultAction: "SCMP_ACT_ERRNO";
  readonly architectures: readonly string[];
  readonly syscalls: readonly OciSyscallRule[];
}

export interface OciSyscallRule {
  readonly names: readonly string[];
  readonly action: "SCMP_ACT_ALLOW" | "SCMP_ACT_ERRNO";
  /** Error number; default: EPERM. */
  readonly errnoRet?: number;
  /** Conditions, all of which must hold. */
  readonly args?: readonly OciArgument[];
}

interface OciArgument {
  readonly index: number;
  /** Value; for SCMP_CMP_MASKED_EQ, the mask. */
  readonly value: number;
  /** For SCMP_CMP_MASKED_EQ: the required value of the masked argument. */
  readonly valueTwo?: number;
  readonly op: "SCMP_CMP_EQ" | "SCMP_CMP_NE" | "SCMP_CMP_LT" | "SCMP_CMP_MASKED_EQ";
}
