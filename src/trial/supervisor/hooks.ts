import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "../../contract/limits.ts";
import type { HookEvent } from "../../contract/trial-events.ts";
import type { HookPlan, HttpTarget } from "../plan/plan.ts";
import type { PodContainer } from "./pod.ts";
import { getHttp, HOOK } from "./probe/http.ts";
import type { Container } from "./running-container.ts";

/** Minimum time that the kubelet leaves for the stop after preStop: minimumGracePeriodInSeconds. */
const LEAST_MS = 2_000;
/** Interval of checks whether the container still runs. */
const LOOK_MS = 50;
/** Maximum time by which the end of a container is seen after the end of a command within it. */
const END_MS = 1_000;
/** Containers that already waited for their preStop once; waiting again would show nothing new. */
const waited = new WeakSet<PodContainer>();

/**
 * Runs postStart concurrently with the container's own start, for a limited time; the kubelet has no limit.
 */
export function runPostStart(podContainer: PodContainer, container: Container, ms: number): Promise<void> {
  const running = observePostStart(podContainer, container, ms);
  // The failure is reported where the promise is awaited.
  running.catch(() => {});
  return running;
}

async function observePostStart(
  { plan, log }: PodContainer,
  container: Container,
  ms: number,
): Promise<void> {
  const { postStart } = plan.stimuli.hooks;
  if (postStart !== undefined) log.observe(await outcomeOf("postStart", postStart, container, ms));
}

/**
 * Runs preStop, then returns the rest of the grace period in milliseconds: kuberuntime_container.go,
 * killContainer.
 */
export async function runPreStop(podContainer: PodContainer, container: Container): Promise<number> {
  const { stimuli, waits } = podContainer.plan;
  const { preStop } = stimuli.hooks;
  const graceMs = Math.min(waits.graceMs, LIMITS.trialMs);
  if (preStop === undefined || graceMs <= 0 || ("sleepMs" in preStop && waited.has(podContainer)))
    return graceMs;
  waited.add(podContainer);
  const event = await outcomeOf("preStop", preStop, container, graceMs);
  podContainer.log.observe(event);
  return Math.max(graceMs - event.tookMs, Math.min(graceMs, LEAST_MS));
}

async function outcomeOf(
  hook: HookEvent["hook"],
  plan: HookPlan,
  container: Container,
  ms: number,
): Promise<HookEvent> {
  const began = performance.now();
  const over = new AbortController();
  const error = await Promise.race([
    perform(plan, container, ms),
    stopped(container, began + ms, over.signal),
  ]).finally(() => over.abort());
  const tookMs = Math.round(performance.now() - began);
  const does = "exec" in plan ? "exec" : "http" in plan ? "http" : "sleep";
  if (error === undefined) return { kind: "hook", hook, does, ok: true, tookMs };
  // A command that ends with its container is killed slightly before, without an explanation.
  const isEnding = error === "exit 137";
  const why = (await container.waitForEnd(isEnding ? END_MS : LOOK_MS)) === undefined ? error : "ended";
  return { kind: "hook", hook, does, ok: false, error: why, tookMs };
}

/** Reason of the failure; undefined on success. */
async function perform(plan: HookPlan, container: Container, ms: number): Promise<string | undefined> {
  if ("exec" in plan) {
    const { code, message } = await container.exec(plan.exec, ms);
    if (code === 0) return undefined;
    return message === "timeout" ? message : `exit ${code} ${message}`.trim();
  }
  if ("http" in plan) return callHttp(plan.http, ms);
  await sleep(Math.min(plan.sleepMs, ms));
  return plan.sleepMs > ms ? "timeout" : undefined;
}

/**
 * Sends an HTTP call like the kubelet: any answer is a success, whatever its status; without TLS if the
 * server does not support TLS, then without the declared Authorization (pkg/kubelet/lifecycle/handlers.go).
 */
async function callHttp(target: HttpTarget, ms: number): Promise<string | undefined> {
  const { status, redirected, error = redirected?.error } = await getHttp(target, ms, HOOK);
  if (status !== undefined && redirected?.error === undefined) return undefined;
  if (target.scheme === "https" && /^(?:EPROTO$|ERR_SSL_)/.test(error ?? "")) {
    const { Authorization: _, ...headers } = target.headers;
    return callHttp({ ...target, headers, scheme: "http" }, ms);
  }
  return error ?? "unknown";
}

/** Resolves when a hook is ended from outside: by the container's end, or by the timeout. */
async function stopped(
  container: Container,
  until: number,
  over: AbortSignal,
): Promise<"ended" | "timeout" | undefined> {
  while (!over.aborted) {
    const left = until - performance.now();
    if (left <= 0) return "timeout";
    if ((await container.waitForEnd(Math.min(left, LOOK_MS))) !== undefined) return "ended";
  }
  return undefined;
}
