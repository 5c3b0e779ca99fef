import { setTimeout as sleep } from "node:timers/promises";
import { answerText } from "../../contract/http-answer.ts";
import type { LateProbeEvent } from "../../contract/late-probe-event.ts";
import type { HttpEvent, ProbeEvent } from "../../contract/trial-events.ts";
import type { ProbePlan } from "../plan/plan.ts";
import type { ContainerRun } from "./container-run.ts";
import { succeeded, tryProbe } from "./probe/declared.ts";

/** Successes after which a probe counts as lasting. A command, which may take seconds of processor time, is run once. */
const ENOUGH = 3;
/** Failures in a row that are needed at least: failureThreshold by default. */
const FAILURES = 3;
/**
 * Time for which a failing probe is sent again: an application that is busy with the last requests, or that reloads,
 * recovers meanwhile. The kubelet's default leaves 20 s.
 */
const [PATIENCE_MS, PERIOD_MS] = [10_000, 500];

/**
 * Sends the readiness and liveness probes that succeeded again, after the last requests, and records whether they
 * still succeed. A startup probe is not sent any more once it has succeeded.
 *
 * @param answers first answers to the declared probes, in their order
 */
export async function tryProbesLate(
  run: ContainerRun,
  answers: readonly (HttpEvent | ProbeEvent)[],
): Promise<void> {
  const { plan, log } = run.podContainer;
  const lasting = plan.stimuli.probes.filter((_, index) => answers.slice(index, index + 1).some(succeeded));
  const results = new Map<string, Promise<Result | undefined>>();
  for (const { why, ...probe } of lasting) {
    if (why === "startup") continue;
    const key = JSON.stringify(probe);
    const sent = results.get(key) ?? resultOf({ why, ...probe }, run);
    results.set(key, sent);
    const result = await sent;
    if (result !== undefined) log.observe({ kind: "late-probe", why, ...result });
  }
}

type Result = Omit<LateProbeEvent, "kind" | "why">;

/** @returns undefined if the container ended meanwhile */
async function resultOf(probe: ProbePlan, { container }: ContainerRun): Promise<Result | undefined> {
  const began = performance.now();
  const elapsed = (): number => Math.round(performance.now() - began);
  const enough = "exec" in probe.does ? 1 : ENOUGH;
  for (let [tries, successes, failures] = [1, 0, 0]; ; tries += 1) {
    const answer = await tryProbe(probe, container);
    if (container.end() !== undefined) return undefined;
    const isGood = succeeded(answer);
    [successes, failures] = isGood ? [successes + 1, 0] : [successes, failures + 1];
    const at = { does: actionOf(answer), tries, tookMs: elapsed() };
    if (successes >= enough || (isGood && at.tookMs >= PATIENCE_MS)) return { ...at, ok: true };
    if (failures >= FAILURES && at.tookMs >= PATIENCE_MS) {
      return { ...at, ok: false, error: errorOf(answer) };
    }
    if (!isGood) await sleep(PERIOD_MS);
  }
}

function actionOf(answer: HttpEvent | ProbeEvent): string {
  return answer.kind === "http" ? `GET :${answer.port}${answer.path}` : `${answer.does} ${answer.target}`;
}

function errorOf(answer: HttpEvent | ProbeEvent): string {
  return answer.kind === "http" ? answerText(answer, "?") : (answer.error ?? "?");
}
