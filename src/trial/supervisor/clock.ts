/** Milliseconds of the kernel's monotonic clock, the same in every process of the machine. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
