import type { ContainerFacts, HookFacts } from "../../contract/pod-facts.ts";
import type { HookPlan, HooksPlan } from "../../trial/plan/plan.ts";
import { httpTarget } from "./probes.ts";

/**
 * Hooks of a container in the manifest, without tcpSocket, which the kubelet cannot perform, and without
 * calls to other hosts.
 */
export function trialHooks(spec: ContainerFacts | undefined): HooksPlan {
  const { postStart, preStop } = spec?.lifecycle ?? {};
  const [start, stop] = [planOf(postStart, spec), planOf(preStop, spec)];
  return {
    ...(start === undefined ? {} : { postStart: start }),
    ...(stop === undefined ? {} : { preStop: stop }),
  };
}

/** Plan of a hook, with the kubelet's precedence; `$(NAME)` in a command stays unexpanded. */
function planOf(hook: HookFacts | undefined, spec: ContainerFacts = {}): HookPlan | undefined {
  const { exec, httpGet, sleep } = hook ?? {};
  const command = exec?.command ?? [];
  if (command.length > 0) return { exec: command };
  if (httpGet !== undefined) {
    const http = httpTarget(httpGet, spec);
    return http === undefined ? undefined : { http };
  }
  return sleep === undefined ? undefined : { sleepMs: Math.max(0, sleep.seconds ?? 0) * 1_000 };
}
