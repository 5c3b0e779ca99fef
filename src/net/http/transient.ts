import { setTimeout as sleep } from "node:timers/promises";
import type { DouaneError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";

/**
 * A possibly temporary failure. It never leaves this folder: after the last attempt, its `problem` is thrown.
 */
export class Transient extends Error {
  readonly problem: DouaneError;
  readonly waitMs: number | undefined;

  /** @param waitMs delay that the registry requested */
  constructor(problem: DouaneError, waitMs?: number) {
    super(problem.message);
    this.problem = problem;
    this.waitMs = waitMs;
  }
}

const FIRST_WAIT_MS = 250;

/**
 * Retries while a failure is transient, up to LIMITS.networkAttempts. The delay doubles each time, unless the
 * registry requested one.
 */
export async function withRetries<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      await waitAfter(error, attempts, signal);
    }
  }
}

/**
 * Waits before the next attempt, briefly even if the registry requested no delay; throws if there is no
 * further attempt.
 *
 * @param attempts that failed so far
 */
export async function waitAfter(error: unknown, attempts: number, signal?: AbortSignal): Promise<void> {
  if (!(error instanceof Transient)) throw error;
  if (attempts >= LIMITS.networkAttempts) throw error.problem;
  const asked = error.waitMs ?? FIRST_WAIT_MS * 2 ** (attempts - 1);
  await sleep(Math.max(FIRST_WAIT_MS, asked), undefined, signal === undefined ? {} : { signal });
}
