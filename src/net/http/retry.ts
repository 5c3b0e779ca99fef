import { setTimeout as sleep } from "node:timers/promises";
import type { DouaneError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";

/** Possibly temporary failure, for withRetries(): after the last attempt, its `problem` is thrown instead. */
export class Transient extends Error {
  readonly problem: DouaneError;
  readonly waitMs: number | undefined;

  /** @param waitMs delay that the server requested */
  constructor(problem: DouaneError, waitMs?: number) {
    super(problem.message);
    this.problem = problem;
    this.waitMs = waitMs;
  }
}

const FIRST_WAIT_MS = 250;

/**
 * Retries while a failure is transient, up to LIMITS.networkAttempts. The delay doubles each time, plus a
 * random half, so that many pipelines do not retry together; a longer delay requested by the server is
 * respected.
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
 * Waits before the next attempt; throws if there is none.
 *
 * @param attempts number of attempts that failed so far
 */
export async function waitAfter(error: unknown, attempts: number, signal?: AbortSignal): Promise<void> {
  if (!(error instanceof Transient)) throw error;
  if (attempts >= LIMITS.networkAttempts) throw error.problem;
  const jittered = FIRST_WAIT_MS * 2 ** (attempts - 1) * (1 + Math.random() / 2);
  await sleep(Math.max(error.waitMs ?? 0, jittered), undefined, signal === undefined ? {} : { signal });
}
