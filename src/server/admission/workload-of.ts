import { type Fields, objectAt, textAt } from "../../json/fields.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { ownerOf } from "./scope.ts";

/** Workload of a namespace. */
export interface WorkloadName {
  /** `Deployment`, `CronJob`… */
  readonly kind: string;
  readonly name: string;
}

/**
 * Service accounts of the controllers that create pods, by the kind of the owner that each controller writes.
 */
const CONTROLLERS: Readonly<Record<string, string>> = {
  DaemonSet: "daemon-set-controller",
  Job: "job-controller",
  ReplicaSet: "replicaset-controller",
  ReplicationController: "replication-controller",
  StatefulSet: "statefulset-controller",
};

/** User of a controller manager whose controllers have no service accounts of their own. */
const MANAGER = "system:kube-controller-manager";

/** Name of a Job that a CronJob's controller created: the CronJob's name, then minutes since 1970. */
const SCHEDULED = /^(.+)-\d{8,10}$/;

/**
 * Workloads of a pod, the outermost last; empty if only the pod's own fields name an owner. Anybody who
 * creates a pod can write its owner, so an owner counts only if the request's user is that kind's controller.
 * The names of a Deployment and a CronJob are derived from the names of their ReplicaSet and Job, which
 * anybody who may create ReplicaSets or Jobs in the namespace can choose.
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
 * Workload of a pod for which the policy accepts findings; the outermost, if there are several. The name of
 * this workload becomes part of the subject; other workloads are left out, so that the pods of two
 * Deployments share a verdict.
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
