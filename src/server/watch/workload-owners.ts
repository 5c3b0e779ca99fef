import { type Fields, objectAt, stringOf } from "../../json/fields.ts";
import type { KubeClient } from "../kube/client.ts";
import type { ListWatchHandler } from "../kube/list-watch.ts";
import type { ObjectReference } from "../ports.ts";
import { controllerOf, type RunningPod } from "./running-pod.ts";

/** Controllers that are owned by other controllers, with the path of their list. */
export const OWNED_CONTROLLERS = [
  { kind: "ReplicaSet", group: "/apis/apps/v1", plural: "replicasets" },
  { kind: "Job", group: "/apis/batch/v1", plural: "jobs" },
] as const;

/** Owners of ReplicaSets and Jobs, by UID. */
export class WorkloadOwners {
  readonly #client: Pick<KubeClient, "send">;
  readonly #owners = new Map<string, ObjectReference | undefined>();

  constructor(client: Pick<KubeClient, "send">) {
    this.#client = client;
  }

  /** Handler of the list-watch of one resource. */
  handler(failed: ListWatchHandler["failed"]): ListWatchHandler {
    const own = new Set<string>();
    const drop = (uid: string) => {
      own.delete(uid);
      this.#owners.delete(uid);
    };
    return {
      applied: (object: Fields) => own.add(this.#keep(object)),
      deleted: drop,
      listed: (uids) => {
        for (const uid of own) if (!uids.has(uid)) drop(uid);
      },
      failed,
    };
  }

  /**
   * Workload known to the team: Deployment, CronJob, StatefulSet…; the pod itself if it has no owner. A
   * controller not yet seen by the watch is fetched; if that fails, the controller itself is returned instead
   * of its owner.
   */
  async workloadOf({ owner, ...pod }: RunningPod): Promise<ObjectReference> {
    if (owner === undefined || owner.kind === "Node") return referenceOf(pod);
    const listed = OWNED_CONTROLLERS.find(({ kind }) => kind === owner.kind);
    if (listed === undefined) return owner;
    if (!this.#owners.has(owner.uid)) {
      const { group, plural } = listed;
      const path = `${group}/namespaces/${encodeURIComponent(owner.namespace)}/${plural}/${encodeURIComponent(owner.name)}`;
      try {
        this.#keep(await this.#client.send({ path }));
      } catch {
        return owner;
      }
    }
    return this.#owners.get(owner.uid) ?? owner;
  }

  #keep(object: Fields): string {
    const metadata = objectAt(object, "metadata");
    const uid = stringOf(metadata["uid"]);
    this.#owners.set(uid, controllerOf(metadata));
    return uid;
  }
}

function referenceOf({ apiVersion, kind, namespace, name, uid }: ObjectReference): ObjectReference {
  return { apiVersion, kind, namespace, name, uid };
}
