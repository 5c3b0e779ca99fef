import { sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { canonicalJson } from "../../json/canonical-json.ts";
import { type Fields, fieldsOf, isFields, objectAt, stringOf } from "../../json/fields.ts";
import { asFirstOfNumbered } from "./numbered-pod.ts";
import { withoutPodDefaults } from "./pod-defaults.ts";
import { ownerOf } from "./scope.ts";
import type { WorkloadName } from "./workload-of.ts";

/**
 * Pod or controller object as it is judged: without the fields that differ between replicas of one template.
 * Equal subjects have equal verdicts. Omitted fields cannot influence a verdict, since the judge does not
 * receive them.
 */
export interface Subject {
  readonly object: Fields;
  readonly digest: Digest;
}

/**
 * Labels that controllers write into each pod, or into the pods of each revision. Only the environment of a
 * trial could show them, by the downward API, and no trial is bound to a random value.
 */
const LABELS_OF_REPLICAS: ReadonlySet<string> = new Set([
  "apps.kubernetes.io/pod-index",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-completion-index",
  "batch.kubernetes.io/job-name",
  "controller-revision-hash",
  "controller-uid",
  "job-name",
  "pod-template-generation",
  "pod-template-hash",
  "statefulset.kubernetes.io/pod-name",
]);

/** Metadata fields that are judged; the other ones describe only the individual object. */
const METADATA = ["annotations", "finalizers"] as const;
/** Fields of a pod's spec that no rule reads. */
const UNREAD: ReadonlySet<string> = new Set(["tolerations", "priority"]);
/** Annotation in which kubectl stores the applied manifest: a copy of the object. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
/** Volume of the service account token; the API server appends a random suffix to its name. */
const TOKEN_VOLUME = /^kube-api-access-[a-z0-9]{5}$/;

/**
 * @param namespace namespace of the request
 * @param workload workload that the pod is known to belong to, if the policy accepts a finding for the
 * workload
 */
export function podSubject(pod: Fields, namespace: string, workload?: WorkloadName): Subject {
  const kept = SUBJECTS.get(pod);
  if (kept !== undefined && kept.namespace === namespace && isSame(kept.workload, workload))
    return kept.subject;
  const subject = computed(pod, namespace, workload);
  SUBJECTS.set(pod, { namespace, workload, subject });
  return subject;
}

/** Subjects of pods, cached: the replicas of one template are one object (ReplicaRequests). */
const SUBJECTS = new WeakMap<
  Fields,
  { readonly namespace: string; readonly workload: WorkloadName | undefined; readonly subject: Subject }
>();

function isSame(one: WorkloadName | undefined, other: WorkloadName | undefined): boolean {
  return one?.kind === other?.kind && one?.name === other?.name;
}

function computed(given: Fields, namespace: string, workload: WorkloadName | undefined): Subject {
  const pod = asFirstOfNumbered(given);
  const { metadata, ...rest } = withoutStatus(pod);
  const { name } = fieldsOf(metadata);
  // A generated name differs for every replica, so it is left out; the name of a bare pod stays.
  const owner = ownerOf(pod);
  const isNamed = owner === undefined && typeof name === "string";
  return subjectOf({
    ...rest,
    metadata: {
      ...keptMetadata(owner?.startsWith("Job/") === true ? untracked(metadata) : fieldsOf(metadata)),
      namespace,
      ...(isNamed ? { name } : { generateName: "pod-" }),
      // The pod's own owner references are left out: anybody who creates a pod can write them. This owner
      // is verified.
      ...(workload === undefined ? {} : { ownerReferences: [{ ...workload, controller: true }] }),
    },
    spec: podSpec(objectAt(pod, "spec")),
  });
}

/** @param namespace namespace of the request */
export function controllerSubject(object: Fields, namespace: string): Subject {
  const { metadata, ...rest } = withoutStatus(object);
  const { name } = fieldsOf(metadata);
  return subjectOf({ ...rest, metadata: { ...keptMetadata(fieldsOf(metadata)), namespace, name } });
}

/**
 * Whether an update of a pod changes judged fields. Labels, annotations and finalizers can change while a pod
 * runs, but start nothing. Exception: the kubelet reads annotations of profiles when a container starts.
 */
export function isSignificantUpdate(pod: Fields, oldPod: Fields): boolean {
  return significant(pod) !== significant(oldPod);
}

/** Workload of a subject's pod, verified by the user of the request. */
export function workloadOf({ object }: Subject): WorkloadName | undefined {
  const { ownerReferences } = objectAt(object, "metadata");
  const [owner] = Array.isArray(ownerReferences) && object["kind"] === "Pod" ? ownerReferences : [];
  const { kind, name } = fieldsOf(owner);
  return typeof kind === "string" && typeof name === "string" ? { kind, name } : undefined;
}

/** Whether an update of a controller changes a judged field. */
export function isSignificantChange(object: Fields, oldObject: Fields): boolean {
  return controllerSubject(object, "").digest !== controllerSubject(oldObject, "").digest;
}

const PROFILES =
  /^(?:container\.(?:apparmor|seccomp)\.security\.[a-z]+|seccomp\.security\.alpha)\.kubernetes\.io\//;

function significant(pod: Fields): string {
  return JSON.stringify(significantParts(pod));
}

function significantParts(
  given: Fields,
): readonly [profiles: readonly (readonly [string, unknown])[], spec: Fields] {
  const pod = asFirstOfNumbered(given);
  const annotations = objectAt(objectAt(pod, "metadata"), "annotations");
  const profiles = Object.entries(annotations).filter(([key]) => PROFILES.test(key));
  // Scheduling gates can only be removed, and the pod was judged with them.
  const { schedulingGates: _, ...spec } = podSpec(objectAt(pod, "spec"));
  return [profiles.toSorted(([a], [b]) => (a < b ? -1 : 1)), spec];
}

/**
 * Start digest of a pod, equal for a subject and for every pod admitted by it. Left out are the metadata that change
 * while a pod runs; the node, which the scheduler sets after admission; and defaults, which a later API server fills
 * into stored pods.
 *
 * @param pod object of the API server, or of a subject
 */
export function startDigest(pod: Fields): Digest {
  const [profiles, { nodeName: _, ...spec }] = significantParts(pod);
  return sha256(canonicalJson([profiles, withoutPodDefaults(spec)]));
}

/**
 * Digest of the labels of a pod's template, equal for a subject and for every pod admitted by it, until somebody changes
 * them. Pods of two workloads may start the same; two workloads of a namespace with the same labels would have each
 * other's pods.
 */
export function labelsDigest(pod: Fields): Digest {
  return sha256(canonicalJson(keptLabels(objectAt(pod, "metadata"))));
}

function withoutStatus(given: Fields): Fields {
  const { status: _, ...object } = given;
  return object;
}

/**
 * Metadata of a Job's pod without the finalizer by which the Job's controller counts pods, and which the
 * controller removes itself.
 */
function untracked(metadata: unknown): Fields {
  const { finalizers, ...rest } = fieldsOf(metadata);
  if (!Array.isArray(finalizers)) return fieldsOf(metadata);
  const others = finalizers.filter((one) => one !== "batch.kubernetes.io/job-tracking");
  return others.length === 0 ? rest : { ...rest, finalizers: others };
}

function keptMetadata(metadata: Fields): Fields {
  const kept: Record<string, unknown> = {};
  for (const key of METADATA) if (metadata[key] !== undefined) kept[key] = metadata[key];
  const { [LAST_APPLIED]: _, ...annotations } = objectAt(kept, "annotations");
  if (isFields(kept["annotations"])) kept["annotations"] = annotations;
  const labels = keptLabels(metadata);
  return Object.keys(labels).length === 0 ? kept : { ...kept, labels };
}

function keptLabels(metadata: Fields): Fields {
  const labels = Object.entries(objectAt(metadata, "labels"));
  return Object.fromEntries(labels.filter(([key]) => !LABELS_OF_REPLICAS.has(key)));
}

/**
 * Judged part of a pod's spec, with the normalised names of the token volume and of a node; the same for its own result.
 */
export function podSpec(spec: Fields): Fields {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(spec)) if (!UNREAD.has(key)) kept[key] = value;
  if (kept["affinity"] !== undefined) kept["affinity"] = onAnyNode(kept["affinity"]);
  const token = tokenVolume(spec);
  if (token === undefined) return kept;
  kept["volumes"] = renamedIn(spec["volumes"], token);
  for (const list of CONTAINERS) {
    if (Array.isArray(spec[list])) kept[list] = spec[list].map((one) => withRenamedMount(one, token));
  }
  return kept;
}

/** Path to the conditions by which a pod selects nodes. */
const NODE_TERMS = ["nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"];
/** Normalised name of a node in subjects. */
const NODE = "node";
const NODE_NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Affinity with one name for all nodes: a DaemonSet's controller binds each pod to a node by a condition on its name. */
function onAnyNode(affinity: unknown): unknown {
  return changedAt(affinity, NODE_TERMS, (term) => changedAt(term, ["matchFields"], withNode));
}

function withNode(condition: unknown): unknown {
  const { key, operator, values } = fieldsOf(condition);
  const [name, ...others] = Array.isArray(values) ? values : [];
  const isOfNode = key === "metadata.name" && operator === "In" && others.length === 0;
  return isOfNode && NODE_NAME.test(stringOf(name)) ? { ...fieldsOf(condition), values: [NODE] } : condition;
}

/** Value with each item of the list at a path changed; the same value if there is no such list. */
function changedAt(
  value: unknown,
  [key, ...path]: readonly string[],
  change: (item: unknown) => unknown,
): unknown {
  if (key === undefined) return Array.isArray(value) ? value.map(change) : value;
  if (!isFields(value) || value[key] === undefined) return value;
  return { ...value, [key]: changedAt(value[key], path, change) };
}

const CONTAINERS = ["initContainers", "containers", "ephemeralContainers"] as const;
/** Normalised name of the token volume in subjects. */
export const TOKEN = "kube-api-access";

/**
 * Name of the token volume; undefined if there is none, or if another volume already has the normalised name.
 */
export function tokenVolume({ volumes }: Fields): string | undefined {
  if (!Array.isArray(volumes)) return undefined;
  const names = volumes.map((one) => stringOf(fieldsOf(one)["name"]));
  return names.includes(TOKEN) ? undefined : names.find((name) => TOKEN_VOLUME.test(name));
}

function withRenamedMount(container: unknown, token: string): unknown {
  if (!isFields(container) || container["volumeMounts"] === undefined) return container;
  return { ...container, volumeMounts: renamedIn(container["volumeMounts"], token) };
}

function renamedIn(list: unknown, token: string): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((one) => (isFields(one) && one["name"] === token ? { ...one, name: TOKEN } : one));
}

function subjectOf(object: Fields): Subject {
  return { object, digest: sha256(JSON.stringify(object)) };
}
