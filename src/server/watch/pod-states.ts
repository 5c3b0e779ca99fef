import type { Admission, JudgedImage, ObjectReference, SeenPod } from "../ports.ts";
import type { Finding } from "./findings.ts";
import type { RunningPod } from "./running-pod.ts";

/**
 * Maximum number of findings reported about one pod. Its node names the running images, and could name new ones without
 * end; each finding is an entry of the audit log.
 */
const MOST_REPORTED = 100;

/** State of a pod in a watcher. */
interface PodState {
  readonly pod: RunningPod;
  /** Keys of the findings already reported. */
  readonly reported: Set<string>;
}

/** Pods that a watcher follows, with a queue of the pods to compare; each pod is queued at most once. */
export class PodStates {
  readonly #states = new Map<string, PodState>();
  readonly #waiting = new Set<string>();

  get size(): number {
    return this.#states.size;
  }

  /** Number of pods waiting to be compared. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Adds or updates a pod. The pod is queued unless its compared fields are unchanged, as after most status
   * updates.
   */
  apply(pod: RunningPod): void {
    const known = this.#states.get(pod.uid);
    if (known !== undefined && isSame(known.pod, pod)) return;
    this.#states.set(pod.uid, { pod, reported: known?.reported ?? new Set() });
    this.#waiting.add(pod.uid);
  }

  /**
   * Removes a pod.
   *
   * @returns whether the pod was known
   */
  remove(uid: string): boolean {
    this.#waiting.delete(uid);
    return this.#states.delete(uid);
  }

  /**
   * Removes all pods with other UIDs.
   *
   * @returns UIDs of the removed pods
   */
  removeOthers(uids: ReadonlySet<string>): readonly string[] {
    const others = [...this.#states.keys()].filter((uid) => !uids.has(uid));
    for (const uid of others) this.remove(uid);
    return others;
  }

  /** Next pod to compare; undefined if none is waiting. */
  next(): RunningPod | undefined {
    for (const uid of this.#waiting) {
      this.#waiting.delete(uid);
      return this.#states.get(uid)?.pod;
    }
    return undefined;
  }

  /** Queues a pod again, unless it changed or is gone. */
  again(pod: RunningPod): void {
    if (this.#states.get(pod.uid)?.pod === pod) this.#waiting.add(pod.uid);
  }

  /** Test for a finding to report: its pod still runs, the finding is new, and fewer than MOST_REPORTED were reported. */
  isNew({ uid }: RunningPod, finding: Finding): boolean {
    const reported = this.#states.get(uid)?.reported;
    return reported !== undefined && reported.size < MOST_REPORTED && !reported.has(keyOf(finding));
  }

  /** Notes that a finding was reported. */
  report({ uid }: RunningPod, finding: Finding): void {
    this.#states.get(uid)?.reported.add(keyOf(finding));
  }
}

function keyOf({ reason, image }: Finding): string {
  return `${reason} ${image?.container ?? ""} ${image?.imageId ?? ""}`;
}

function isSame(a: RunningPod, b: RunningPod): boolean {
  return (
    a.start === b.start &&
    a.labels === b.labels &&
    a.node === b.node &&
    JSON.stringify(a.images) === JSON.stringify(b.images)
  );
}

/** Stored form of a pod. */
export function seenPod(
  { uid, namespace, name, node, start, labels }: RunningPod,
  workload: ObjectReference,
  admission: Admission | undefined,
  findings: readonly Finding[],
): SeenPod {
  return {
    uid,
    namespace,
    name,
    workload,
    node,
    start,
    ...(admission === undefined ? {} : { key: admission.templates.get(labels) ?? admission.key }),
    digests: [...new Set((admission?.images ?? []).flatMap(({ digest }: JudgedImage) => digest ?? []))],
    findings: [...new Set(findings.map(({ reason }) => reason))],
  };
}
