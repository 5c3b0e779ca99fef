import { type Fields, fieldsOf, isFields, objectAt, stringOf } from "../../json/fields.ts";
import { ownerOf } from "./scope.ts";

/** Number of a pod as its controller writes it. */
const NUMBER = /^(?:0|[1-9]\d{0,9})$/;
/** Annotation with the number of an Indexed Job's pod. */
const INDEX = "batch.kubernetes.io/job-completion-index";

/**
 * Pod of a StatefulSet or of an Indexed Job with the names of the first one: host name, claims that the StatefulSet's
 * controller makes of its templates, index of the Job. Only names that the controller derives from the number are
 * changed; every other pod, and one with a name of another form, stays as it is. The same for its own result.
 *
 * Sources: pkg/controller/statefulset/stateful_set_utils.go (initIdentity, getPersistentVolumeClaimName),
 * pkg/controller/job/indexed_job_utils.go.
 */
export function asFirstOfNumbered(pod: Fields): Fields {
  const owner = ownerOf(pod) ?? "";
  if (owner.startsWith("StatefulSet/")) return ofStatefulSet(pod, owner.slice("StatefulSet/".length));
  return owner.startsWith("Job/") ? ofIndexedJob(pod, owner.slice("Job/".length)) : pod;
}

function ofStatefulSet(pod: Fields, set: string): Fields {
  const name = stringOf(objectAt(pod, "metadata")["name"]);
  const spec = objectAt(pod, "spec");
  if (!isNumbered(name, set) || spec["hostname"] !== name) return pod;
  const hostname = `${set}-0`;
  const { volumes } = spec;
  if (!Array.isArray(volumes)) return { ...pod, spec: { ...spec, hostname } };
  const claimed = volumes.map((one) => withClaim(one, name, hostname));
  return { ...pod, spec: { ...spec, hostname, volumes: claimed } };
}

/** Volume whose claim has the name that the controller makes of the volume's and the pod's. */
function withClaim(volume: unknown, name: string, first: string): unknown {
  const { name: own, persistentVolumeClaim: claim } = fieldsOf(volume);
  if (!isFields(claim) || claim["claimName"] !== `${stringOf(own)}-${name}`) return volume;
  return {
    ...fieldsOf(volume),
    persistentVolumeClaim: { ...claim, claimName: `${stringOf(own)}-${first}` },
  };
}

function ofIndexedJob(pod: Fields, job: string): Fields {
  const metadata = objectAt(pod, "metadata");
  const annotations = objectAt(metadata, "annotations");
  const spec = objectAt(pod, "spec");
  const hostname = stringOf(spec["hostname"]);
  if (!isNumbered(hostname, job) || annotations[INDEX] !== hostname.slice(job.length + 1)) return pod;
  return {
    ...pod,
    metadata: { ...metadata, annotations: { ...annotations, [INDEX]: "0" } },
    spec: { ...spec, hostname: `${job}-0` },
  };
}

/** Test for `BASE-NUMBER`. */
function isNumbered(name: string, base: string): boolean {
  return base !== "" && name.startsWith(`${base}-`) && NUMBER.test(name.slice(base.length + 1));
}
