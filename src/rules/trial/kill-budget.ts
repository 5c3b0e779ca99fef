import { probeNumbers } from "../../contract/pod-defaults.ts";
import type { ProbeFacts } from "../../contract/pod-facts.ts";

/** Time within which a starting container has to answer, in milliseconds since its start. */
export interface KillBudget {
  /** Time until which no probe can have failed often enough. */
  readonly shortestMs: number;
  /** Time after which the kubelet has restarted the container in any case. */
  readonly longestMs: number;
}

/** Milliseconds after which the kubelet notices that a container runs (its relist period). */
const NOTICED_MS = 1_000;

/**
 * Time that a livenessProbe or startupProbe allows a container for starting. The kubelet's ticks have no
 * fixed phase relative to the container's start (pkg/kubelet/prober/worker.go): the first probe comes within
 * one period after the delay, the others follow one period apart, and failureThreshold failures in a row
 * restart the container. A closed port fails at once; a port without an answer fails after timeoutSeconds,
 * which delays the next probe.
 *
 * @param hookMs duration of the postStart hook, before whose end the kubelet does not probe
 */
export function killBudget(probe: ProbeFacts, hookMs: number): KillBudget {
  const { delay, period, timeout, failures } = probeNumbers(probe);
  const [periodMs, timeoutMs] = [period * 1_000, timeout * 1_000];
  const delayMs = Math.max(delay * 1_000, hookMs);
  return {
    shortestMs: Math.max(NOTICED_MS, delayMs + (failures - 1) * periodMs),
    longestMs: NOTICED_MS + delayMs + failures * Math.max(periodMs, timeoutMs) + timeoutMs,
  };
}
