import { createHash } from "node:crypto";
import type { Lang } from "../../contract/text.ts";
import type { VerdictChange } from "../decision-kinds.ts";
import { errorFields, type Log } from "../log.ts";
import type { Decision, ObjectReference, RunningSubject, RunningSubjects, StoredVerdict } from "../ports.ts";
import type { EventWriter } from "../watch/events.ts";
import { CHANGE_EVENTS, type Change, type ComingChange } from "./changes.ts";

/** Ports by which changes are reported. */
export interface ReportPorts {
  readonly subjects: Pick<RunningSubjects, "newNotices" | "keepNotices">;
  /** Resolves when the change is in the audit log. */
  record(decision: Decision): Promise<void>;
  /** Counts a change in the metrics. */
  changed(change: VerdictChange): void;
  readonly events: Pick<EventWriter, "write">;
  readonly log: Log;
  now(): number;
}

/**
 * Reports changes of the verdict on a running subject: in the audit log first, then in the log, in the metrics, and as
 * events of its workloads.
 *
 * @throws as ReportPorts.record()
 */
export async function reportChanges(
  running: RunningSubject,
  verdict: StoredVerdict,
  changes: readonly Change[],
  lang: Lang,
  ports: ReportPorts,
): Promise<void> {
  for (const workload of changes.length === 0 ? [] : running.workloads) {
    await reportTo(workload, running, verdict, changes, lang, ports);
  }
}

/**
 * Reports changes that will come, each once for a workload, whoever reported it, and whatever its pods are.
 *
 * @throws as reportChanges(), RunningSubjects
 */
export async function reportComing(
  running: RunningSubject,
  verdict: StoredVerdict,
  changes: readonly ComingChange[],
  lang: Lang,
  ports: ReportPorts,
): Promise<void> {
  for (const workload of changes.length === 0 ? [] : running.workloads) {
    const named = changes.map((change) => ({ change, id: noticeId(running, workload, change) }));
    const fresh = await ports.subjects.newNotices(named.map(({ id }) => id));
    const due = named.filter(({ id }) => fresh.has(id));
    if (due.length === 0) continue;
    const [ids, given] = [due.map(({ id }) => id), due.map(({ change }) => change)];
    await reportTo(workload, running, verdict, given, lang, ports);
    await ports.subjects.keepNotices(ids);
  }
}

async function reportTo(
  workload: ObjectReference,
  { subject, namespace }: RunningSubject,
  verdict: StoredVerdict,
  changes: readonly Change[],
  lang: Lang,
  ports: ReportPorts,
): Promise<void> {
  const { events, log } = ports;
  const name = `${workload.kind}/${workload.name}`;
  await ports.record(decisionOf(workload, namespace, verdict, changes, lang, ports.now()));
  for (const { kind, row, message } of changes) {
    const { event, type } = CHANGE_EVENTS[kind];
    log(type === "Normal" ? "info" : "warn", "verdict changed", {
      change: kind,
      row,
      namespace,
      workload: name,
      subject: subject.digest,
      reason: message[lang],
    });
    ports.changed(kind);
    try {
      const outcome = await events.write({ object: workload, type, reason: event, message: message[lang] });
      if (outcome === "dropped")
        log("warn", "event dropped, too many at once", { change: kind, namespace, workload: name });
    } catch (error) {
      log("error", "event not written", { change: kind, namespace, workload: name, ...errorFields(error) });
    }
  }
}

function decisionOf(
  workload: ObjectReference,
  namespace: string,
  { key, images }: StoredVerdict,
  changes: readonly Change[],
  lang: Lang,
  now: number,
): Decision {
  const { kind, name, uid } = workload;
  return {
    at: new Date(now).toISOString(),
    uid,
    kind: "changed",
    operation: "REJUDGE",
    resource: "pods",
    namespace,
    name,
    owner: `${kind}/${name}`,
    user: "",
    key,
    images,
    causes: changes.map(({ kind: reason, message }) => ({ reason, message: message[lang] })),
  };
}

/** Digest of a notice: of the workload by its name, since its pods change with each rollout. */
function noticeId(
  { namespace }: RunningSubject,
  { kind, name }: ObjectReference,
  { kind: change, row, cause }: ComingChange,
): string {
  return createHash("sha256")
    .update(JSON.stringify([namespace, kind, name, change, row, cause]))
    .digest("hex");
}
