import type { Phase } from "./journal.ts";
import { type Course, type LifeOutcome, live, runBatch } from "./life.ts";
import type { Pod } from "./pod.ts";

/** The phases of the pod under examination. */
export async function examine(pod: Pod): Promise<void> {
  await (pod.plan.stimuli.lifetime === "batch" ? examineBatch(pod) : examineServer(pod));
}

/** A second instance: does it start beside the first, and does it use the port that it is told? */
export async function runReplica(pod: Pod): Promise<void> {
  const { readyMs, settleMs } = pod.plan.waits;
  const course: Course = { probes: false, end: "kill", readyMs, settleMs: Math.min(settleMs, SHORT_MS) };
  for (const root of ["read-only", "writable"] as const) {
    const phase: Phase = { name: "replica", root };
    if (pod.plan.stimuli.lifetime === "batch") {
      if (succeeded(await runBatch(pod, phase, readyMs))) return;
    } else if ((await live(pod, phase, course)).was === "serving") return;
  }
}

const SHORT_MS = 100;

async function examineServer(pod: Pod): Promise<void> {
  const { readyMs, settleMs } = pod.plan.waits;
  const full = { probes: true, readyMs, settleMs };
  const first = await live(pod, { name: "read-only", root: "read-only" }, { ...full, end: "kill" });
  const again = first.was === "serving" ? await restart(pod, first, "read-only") : undefined;
  // Who had nothing to wait for, or did not stop when asked, need not show that a second time.
  const second = await live(
    pod,
    { name: "writable", root: "writable" },
    {
      ...full,
      readyMs: waitLike(first, pod),
      end: again === undefined || (again.was === "serving" && again.forced) ? "kill" : "stop",
    },
  );
  if (again !== undefined) return;
  if (second.was === "serving") await restart(pod, second, "writable");
  else pod.journal.observe({ kind: "skipped", what: "restart", because: second.was });
}

/** After kill -9: a new root, the same volumes; then it is asked to stop. */
async function restart(pod: Pod, before: LifeOutcome, root: Phase["root"]): Promise<LifeOutcome> {
  const course: Course = { probes: false, end: "stop", readyMs: waitLike(before, pod), settleMs: 0 };
  return live(pod, { name: "restart", root }, course);
}

/** What opened no port the first time, within the whole wait, is only watched for a while. */
function waitLike(before: LifeOutcome, { plan: { waits } }: Pod): number {
  return before.was === "serving" && before.by === "nothing" ? waits.settleMs : waits.readyMs;
}

async function examineBatch(pod: Pod): Promise<void> {
  const { readyMs } = pod.plan.waits;
  const first = await runBatch(pod, { name: "read-only", root: "read-only" }, readyMs);
  if (succeeded(first)) await runBatch(pod, { name: "restart", root: "read-only" }, readyMs);
  const second = await runBatch(pod, { name: "writable", root: "writable" }, readyMs);
  if (succeeded(first)) return;
  if (succeeded(second)) await runBatch(pod, { name: "restart", root: "writable" }, readyMs);
  else {
    const because = second.was === "serving" ? "not-ready" : second.was;
    pod.journal.observe({ kind: "skipped", what: "restart", because });
  }
}

function succeeded(outcome: LifeOutcome): boolean {
  return outcome.was === "exited" && outcome.code === 0;
}
