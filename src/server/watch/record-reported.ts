import type { Lang } from "../../contract/text.ts";
import type { Admission, Decision, ObjectReference, RunningStore } from "../ports.ts";
import type { Finding } from "./findings.ts";
import type { RunningPod } from "./running-pod.ts";

/** A finding about a pod that runs. */
interface Reported {
  readonly pod: RunningPod;
  readonly finding: Finding;
  readonly workload: ObjectReference;
  readonly admission: Admission | undefined;
}

/**
 * Records a finding in the audit log. After a restart of the watcher, a finding whose pod was kept with the same
 * reason is not recorded again, unless it is about an image: another one may run since.
 *
 * @throws as the ports
 */
export async function recordReported(
  reported: Reported,
  lang: Lang,
  ports: {
    readonly store: Pick<RunningStore, "reportedOf">;
    record(decision: Decision): Promise<void>;
    now(): number;
  },
): Promise<void> {
  const { pod, finding } = reported;
  const isOfPod = finding.image === undefined;
  if (isOfPod && (await ports.store.reportedOf(pod.uid)).includes(finding.reason)) return;
  await ports.record(decisionOf(reported, lang, ports.now()));
}

function decisionOf({ pod, finding, workload, admission }: Reported, lang: Lang, now: number): Decision {
  const { reason, message } = finding;
  return {
    at: new Date(now).toISOString(),
    uid: pod.uid,
    kind: "reported",
    operation: "WATCH",
    resource: "pods",
    namespace: pod.namespace,
    name: pod.name,
    ...(workload.uid === pod.uid ? {} : { owner: `${workload.kind}/${workload.name}` }),
    user: "",
    ...(admission === undefined ? {} : { key: admission.key }),
    start: pod.start,
    images: admission?.images ?? [],
    causes: [{ reason, message: message[lang] }],
  };
}
