import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "../../contract/limits.ts";
import { Transient } from "../../net/http/transient.ts";

const FIRST_WAIT_MS = 250;

/**
 * Retries while a failure is transient, up to LIMITS.networkAttempts. The delay doubles each time, plus or
 * minus a random half so that many pipelines do not retry together, unless the server requested one.
 */
export async function retrying<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (attempts >= LIMITS.networkAttempts) throw error.problem;
      const jittered = FIRST_WAIT_MS * 2 ** (attempts - 1) * (0.5 + Math.random());
      await sleep(Math.max(error.waitMs ?? 0, jittered), undefined, { signal });
    }
  }
}
