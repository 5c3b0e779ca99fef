import { Companion, Company, isBatch } from "./company.ts";
import type { Phase } from "./journal.ts";
import { type Course, type LifeOutcome, live, runBatch } from "./life.ts";
import { lookAtAreas } from "./look-at-areas.ts";
import { lookAtRoots } from "./look-back.ts";
import type { Member, Pod } from "./pod.ts";

/** What a container is to go through in a phase. */
export interface Part {
  readonly course: Course;
  /** It runs for the others' sake: nothing of it is told. */
  readonly silent: boolean;
}

export type Outcomes = ReadonlyMap<Member, LifeOutcome>;

/**
 * Starts a pod as the kubelet does, and takes it through one phase: init containers one after the
 * other, sidecars in their place among them, then the others together. A container without a part
 * stays away, which the others are told.
 */
export async function startPod(pod: Pod, phase: Phase, parts: ReadonlyMap<Member, Part>): Promise<Outcomes> {
  const taking = pod.members.filter((member) => parts.has(member));
  const company = new Company(taking);
  const absent = pod.members.filter((member) => !parts.has(member)).map(({ plan }) => plan.name);
  for (const name of [...pod.plan.lacking, ...absent]) company.lack(name, "absent");
  const lives: Promise<readonly [Member, LifeOutcome]>[] = [];
  const running = new Set<Member>();
  for (const [member, { course, silent }] of parts) {
    member.journal.begin(phase, { silent });
    const companion = isBatch(member) ? undefined : new Companion(company, member);
    const life =
      companion === undefined
        ? runBatch(member, phase.root, course.readyMs, company)
        : live(member, phase.root, course, companion);
    lives.push(ended(member, life));
    running.add(member);
    if (member.plan.role === "sidecar") await companion?.hasStarted;
    if (member.plan.role !== "init") continue;
    await life;
    if (running.size > 1) continue;
    // It was alone: what is new in the volumes is its own.
    lookAtAreas(pod, [member]);
    running.delete(member);
  }
  const outcomes = new Map(await Promise.all(lives));
  lookAtRoots(pod);
  lookAtAreas(pod, [...running]);
  for (const { journal } of taking) journal.close();
  return outcomes;
}

async function ended(member: Member, life: Promise<LifeOutcome>): Promise<readonly [Member, LifeOutcome]> {
  const outcome = await life;
  member.journal.end();
  return [member, outcome];
}
