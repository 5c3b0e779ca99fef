/** Limits of the delays between attempts, in milliseconds. */
export interface BackoffTimes {
  readonly backOffMs: number;
  readonly backOffAtMostMs: number;
}

/**
 * Milliseconds before the next attempt: exponential backoff with jitter. The delay doubles after each failure, up to
 * the maximum; the result is between 50 and 100 % of the delay, at random.
 *
 * @param failures number of earlier failures in a row
 */
export function backoffMs(failures: number, { backOffMs, backOffAtMostMs }: BackoffTimes): number {
  const most = Math.min(backOffAtMostMs, backOffMs * 2 ** Math.min(failures, 16));
  return Math.round(most * (0.5 + Math.random() / 2));
}
