import type { RawWorkload } from "../../contract/workload-facts.ts";
import { podIdentity } from "./pod-identity.ts";

type Marked = Pick<RawWorkload, "apiVersion" | "kind" | "name" | "job" | "statefulSet" | "pod">;
type Marks = Readonly<Record<string, string>>;

/** Labels and annotations that a pod has besides those of its template. */
export interface ControllerMarks {
  readonly labels: Marks;
  readonly annotations: Marks;
}

const NONE: ControllerMarks = { labels: {}, annotations: {} };
/** Hash of a template, in the alphabet of Kubernetes (apimachinery, util/rand). */
const HASH = "7d4b9c6f5d";
const UID = "00000000-0000-4000-8000-000000000001";

/**
 * Labels and annotations that the workload's controller adds to its pods, by the sources of Kubernetes:
 * deployment_util.go, stateful_set_utils.go, daemonset_util.go, job_controller.go and indexed_job_utils.go. Random
 * values of the controller are invented in the same form.
 *
 * @param hostname host name of the trial's pod, equal to the pod's name
 */
export function controllerMarks(workload: Marked | undefined, hostname: string): ControllerMarks {
  if (workload === undefined) return NONE;
  const { kind, name } = workload;
  const type = `${workload.apiVersion.replace(/\/[^/]*$/, "")}/${kind}`;
  const [, hash = HASH] = /-([a-z0-9]{9})-[a-z0-9]{5}$/.exec(hostname) ?? [];
  const labelled = (labels: Marks): ControllerMarks => ({ labels, annotations: {} });
  if (type === "apps/Deployment") return labelled({ "pod-template-hash": hash });
  if (type === "argoproj.io/Rollout") return labelled({ "rollouts-pod-template-hash": hash });
  if (type === "apps/DaemonSet") {
    return labelled({ "controller-revision-hash": hash, "pod-template-generation": "1" });
  }
  if (type === "apps/StatefulSet") {
    const { ordinal = 0 } = podIdentity(workload);
    return labelled({
      "apps.kubernetes.io/pod-index": `${ordinal}`,
      "controller-revision-hash": `${name}-${hash}`,
      "statefulset.kubernetes.io/pod-name": `${name}-${ordinal}`,
    });
  }
  if (type === "batch/Job") return ofJob(workload, name.replace(/\*$/, "x7k2d"));
  // Jobs of a CronJob are numbered by the minute.
  return type === "batch/CronJob" ? ofJob(workload, `${name}-29401440`) : NONE;
}

function ofJob(workload: Marked, jobName: string): ControllerMarks {
  const { ordinal } = podIdentity(workload);
  const index: Marks = ordinal === undefined ? {} : { [COMPLETION_INDEX]: `${ordinal}` };
  return {
    labels: {
      "batch.kubernetes.io/controller-uid": UID,
      "batch.kubernetes.io/job-name": jobName,
      "controller-uid": UID,
      "job-name": jobName,
      ...index,
    },
    annotations: index,
  };
}

const COMPLETION_INDEX = "batch.kubernetes.io/job-completion-index";
