import type { Course, LifeOutcome } from "./life.ts";
import type { Member, Pod } from "./pod.ts";
import { type Outcomes, type Part, startPod } from "./start-pod.ts";

const SHORT_MS = 100;

/** The phases of the pod under examination. */
export async function examine(pod: Pod): Promise<void> {
  const { members } = pod;
  const first = await startPod(
    pod,
    { name: "read-only", root: "read-only" },
    parts(members, (member) => full(member, "kill")),
  );
  const able = members.filter((member) => worked(first.get(member)));
  const again = await restart(
    pod,
    "read-only",
    parts(able, (member) => stopping(member, first)),
  );
  const second = await startPod(
    pod,
    { name: "writable", root: "writable" },
    parts(members, (member) => ({
      ...full(member, secondEnd(again.get(member))),
      readyMs: waitLike(member, first),
    })),
  );
  await restartOthers(
    pod,
    members.filter((member) => !again.has(member)),
    second,
  );
}

/** A second instance: does it start beside the first, and does it use the port that it is told? */
export async function runReplica(pod: Pod): Promise<void> {
  let waiting = pod.members;
  for (const root of ["read-only", "writable"] as const) {
    const outcomes = await startPod(
      pod,
      { name: "replica", root },
      parts(pod.members, brief, (member) => !waiting.includes(member)),
    );
    waiting = waiting.filter((member) => !worked(outcomes.get(member)));
    if (waiting.length === 0) return;
  }
}

/** After kill -9: new roots, the same volumes; then they are asked to stop. */
async function restart(
  pod: Pod,
  root: "read-only" | "writable",
  taking: ReadonlyMap<Member, Part>,
): Promise<Outcomes> {
  return taking.size === 0 ? new Map() : startPod(pod, { name: "restart", root }, taking);
}

/** Those that did not come up on a read-only root may do on a writable one; the rest run for their sake. */
async function restartOthers(pod: Pod, others: readonly Member[], second: Outcomes): Promise<void> {
  for (const { journal, was } of others.map((member) => ({ ...member, was: second.get(member)?.was }))) {
    if (was === "start-failed" || was === "exited" || was === "unfinished") {
      journal.observe({
        kind: "skipped",
        what: "restart",
        because: was === "unfinished" ? "not-ready" : was,
      });
    }
  }
  const able = pod.members.filter((member) => worked(second.get(member)));
  if (!others.some((member) => able.includes(member))) return;
  await restart(
    pod,
    "writable",
    parts(
      able,
      (member) => stopping(member, second),
      (member) => !others.includes(member),
    ),
  );
}

function parts(
  members: readonly Member[],
  course: (member: Member) => Course,
  silent: (member: Member) => boolean = () => false,
): ReadonlyMap<Member, Part> {
  return new Map(members.map((member) => [member, { course: course(member), silent: silent(member) }]));
}

function full({ plan: { waits } }: Member, end: Course["end"]): Course {
  return { probes: true, end, readyMs: waits.readyMs, settleMs: waits.settleMs };
}

function stopping(member: Member, before: Outcomes): Course {
  return { probes: false, end: "stop", readyMs: waitLike(member, before), settleMs: 0 };
}

function brief({ plan: { waits } }: Member): Course {
  const { readyMs, settleMs } = waits;
  return { probes: false, end: "kill", readyMs, settleMs: Math.min(settleMs, SHORT_MS) };
}

/** Who did not stop when asked, or is yet to be asked, need not show that now. */
function secondEnd(again: LifeOutcome | undefined): Course["end"] {
  return again === undefined || (again.was === "serving" && again.forced) ? "kill" : "stop";
}

/** What opened no port the first time, within the whole wait, is only watched for a while. */
function waitLike(member: Member, before: Outcomes): number {
  const outcome = before.get(member);
  const { readyMs, settleMs } = member.plan.waits;
  return outcome?.was === "serving" && outcome.by === "nothing" ? settleMs : readyMs;
}

function worked(outcome: LifeOutcome | undefined): boolean {
  return outcome?.was === "serving" || outcome?.was === "completed";
}
