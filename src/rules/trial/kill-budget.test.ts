import { expect, test } from "vitest";
import type { ProbeFacts } from "../../contract/pod-facts.ts";
import { killBudget } from "./kill-budget.ts";

// By hand from the kubelet's prober: first failure at delay … delay + period, the last one
// (failureThreshold − 1) periods later; a second until the kubelet has seen the start, and the last timeout.
test.each<[ProbeFacts, number, number, number]>([
  [{}, 0, 20, 32],
  [{ periodSeconds: 0, failureThreshold: 0, timeoutSeconds: 0 }, 0, 20, 32],
  [{ periodSeconds: 1, failureThreshold: 1 }, 0, 1, 3],
  [{ periodSeconds: 2, failureThreshold: 2 }, 0, 2, 6],
  [{ initialDelaySeconds: 3, periodSeconds: 1, failureThreshold: 1 }, 0, 3, 6],
  [{ initialDelaySeconds: 10, periodSeconds: 5 }, 0, 20, 27],
  [{ periodSeconds: 1, failureThreshold: 2, timeoutSeconds: 5 }, 0, 1, 16],
  [{ periodSeconds: 5, failureThreshold: 60 }, 0, 295, 302],
  [{ periodSeconds: 1, failureThreshold: 1 }, 8, 8, 11],
  [{ initialDelaySeconds: 10, periodSeconds: 1, failureThreshold: 1 }, 8, 10, 13],
])("%j after a hook of %i s restarts it between %i s and %i s", (probe, hook, shortest, longest) => {
  expect(killBudget(probe, hook * 1_000)).toEqual({
    shortestMs: shortest * 1_000,
    longestMs: longest * 1_000,
  });
});
