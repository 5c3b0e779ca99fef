import type { Admission, JudgedImage, ObjectReference, SeenPod } from "../ports.ts";
import type { Finding } from "./findings.ts";
import type { RunningPod } from "./running-pod.ts";

/** State of a pod in a watcher. */
interface PodState {
  readonly pod: RunningPod;
  /** What was reported of it. */
  readonly reported: Set<string>;
}

/** Pods that a watcher follows, each once in the queue of those to compare. */
export class PodStates {
  readonly #states = new Map<string, PodState>();
  readonly #waiting = new Set<string>();

  get size(): number {
    return this.#states.size;
  }

  /** Pods that wait to be compared. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes a pod as it is now; what is compared of it did not change with every heartbeat of its status. */
  apply(pod: RunningPod): void {
    const known = this.#states.get(pod.uid);
    if (known !== undefined && isSame(known.pod, pod)) return;
    this.#states.set(pod.uid, { pod, reported: known?.reported ?? new Set() });
    this.#waiting.add(pod.uid);
  }

  /** @returns whether the pod was known */
  remove(uid: string): boolean {
    this.#waiting.delete(uid);
    return this.#states.delete(uid);
  }

  /** @returns UIDs of known pods that are not among these */
  removeOthers(uids: ReadonlySet<string>): readonly string[] {
    const others = [...this.#states.keys()].filter((uid) => !uids.has(uid));
    for (const uid of others) this.remove(uid);
    return others;
  }

  /** Next pod to compare. */
  next(): RunningPod | undefined {
    for (const uid of this.#waiting) {
      this.#waiting.delete(uid);
      return this.#states.get(uid)?.pod;
    }
    return undefined;
  }

  /** Has a pod compared again, unless it changed or is gone. */
  again(pod: RunningPod): void {
    if (this.#states.get(pod.uid)?.pod === pod) this.#waiting.add(pod.uid);
  }

  /** Whether a finding is new for its pod, which from now on it is not. */
  isNew({ uid }: RunningPod, { reason, image }: Finding): boolean {
    const reported = this.#states.get(uid)?.reported;
    const key = `${reason} ${image?.container ?? ""} ${image?.imageId ?? ""}`;
    if (reported === undefined || reported.has(key)) return false;
    reported.add(key);
    return true;
  }
}

function isSame(a: RunningPod, b: RunningPod): boolean {
  return a.start === b.start && a.node === b.node && JSON.stringify(a.images) === JSON.stringify(b.images);
}

/** A pod as the store keeps it. */
export function seenPod(
  { uid, namespace, name, node, start }: RunningPod,
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
    ...(admission === undefined ? {} : { key: admission.key }),
    digests: [...new Set((admission?.images ?? []).flatMap(({ digest }: JudgedImage) => digest ?? []))],
    findings: [...new Set(findings.map(({ reason }) => reason))],
  };
}
