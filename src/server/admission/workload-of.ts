import { type Fields, objectAt, textAt } from "../../json/fields.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { ownerOf } from "./scope.ts";

/** A workload of a namespace. */
export interface WorkloadName {
  /** `Deployment`, `CronJob`… */
  readonly kind: string;
  readonly name: string;
}

/** Service accounts of the controllers that create pods, by the kind that they write as the pod's owner. */
const CONTROLLERS: Readonly<Record<string, string>> = {
  DaemonSet: "daemon-set-controller",
  Job: "job-controller",
  ReplicaSet: "replicaset-controller",
  ReplicationController: "replication-controller",
  StatefulSet: "statefulset-controller",
};

/** User of a controller manager whose controllers have no service accounts of their own. */
const MANAGER = "system:kube-controller-manager";

/** Number by which a CronJob's controller names its Jobs: minutes since 1970. */
const SCHEDULED = /^(.+)-\d{8,10}$/;

/**
 * Workloads that a pod belongs to, the outermost last; empty if nobody but the pod itself says so. Whoever creates a
 * pod writes its owner, so the owner counts if the API server says that its controller creates the pod. The name of
 * a Deployment or a CronJob is that of its ReplicaSet or Job: whoever may create one in the namespace chooses it.
 */
export function workloadsOf({ operation, user, object = {} }: AdmissionRequest): readonly WorkloadName[] {
  const [kind = "", name = ""] = ownerOf(object)?.split("/") ?? [];
  const account = Object.hasOwn(CONTROLLERS, kind) ? CONTROLLERS[kind] : undefined;
  if (operation !== "CREATE" || account === undefined || name === "") return [];
  if (user !== MANAGER && user !== `system:serviceaccount:kube-system:${account}`) return [];
  const outer = outerOf(kind, name, object);
  return [{ kind, name }, ...(outer === undefined ? [] : [outer])];
}

function outerOf(kind: string, name: string, object: Fields): WorkloadName | undefined {
  if (kind === "Job") {
    const [, cronJob] = SCHEDULED.exec(name) ?? [];
    return cronJob === undefined ? undefined : { kind: "CronJob", name: cronJob };
  }
  const hash = textAt(objectAt(objectAt(object, "metadata"), "labels"), "pod-template-hash");
  const isOfDeployment = kind === "ReplicaSet" && hash !== undefined && name.endsWith(`-${hash}`);
  const deployment = isOfDeployment ? name.slice(0, -hash.length - 1) : "";
  return deployment === "" ? undefined : { kind: "Deployment", name: deployment };
}

/**
 * Workload of a pod by whose name the policy accepts findings, the outermost if there are several: its name is part of
 * the subject then, and of no other one, so that the pods of two Deployments share a verdict.
 *
 * @param bound `namespace/Kind/name`
 */
export function boundWorkload(
  request: AdmissionRequest,
  bound: ReadonlySet<string>,
): WorkloadName | undefined {
  if (bound.size === 0) return undefined;
  return workloadsOf(request).findLast(({ kind, name }) => bound.has(`${request.namespace}/${kind}/${name}`));
}
