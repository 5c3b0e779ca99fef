import { formatPath, type Segment } from "../contract/field-path.ts";
import { RESTART_POLICY } from "../contract/pod-defaults.ts";
import type { PodFacts, PodSpecFacts } from "../contract/pod-facts.ts";
import type { VolumeRequestFacts } from "../contract/volume-facts.ts";
import type { ClaimFacts, InvalidField, OverlayFacts, RawWorkload } from "../contract/workload-facts.ts";
import { withClaimedVolumes } from "./claimed-volumes.ts";
import { isMapping, object, objects, valueAt } from "./decode/collections.ts";
import { type Decoder, type Decoding, refuse } from "./decode/decoding.ts";
import { type Metadata, metadata, podSpec } from "./decode/pod.ts";
import { int32 } from "./decode/scalars.ts";
import { volumeRequest } from "./decode/volume.ts";
import { jobSettings } from "./job-settings.ts";
import { misplacedFields } from "./misplaced.ts";
import {
  type KnownTemplate,
  type KubernetesObject,
  templatePath,
  type WorkloadKind,
} from "./objects/kind.ts";
import { rolloutOf } from "./rollout.ts";
import { statefulSetSettings } from "./stateful-set-settings.ts";
import { refusedFields } from "./validation/refused-fields.ts";
import { unknownFields } from "./validation/unknown-fields.ts";

interface Template {
  readonly metadata?: Metadata;
  readonly spec?: Partial<PodSpecFacts>;
}

interface ClaimTemplate {
  readonly metadata?: Metadata;
  readonly spec?: VolumeRequestFacts;
}

interface Spec {
  readonly replicas?: number;
  readonly template?: Template;
  readonly volumeClaimTemplates?: readonly ClaimTemplate[];
}

/** Common fields of the four forms of a workload, decoded. */
interface Decoded {
  readonly metadata?: Metadata;
  readonly replicas?: number;
  readonly template?: Template;
  readonly claimTemplates?: readonly ClaimTemplate[];
}

const template = object<Template>({ metadata, spec: podSpec });
const claimTemplate = object<ClaimTemplate>({ metadata, spec: volumeRequest });

const podTemplate = object<{ metadata?: Metadata; template?: Template }>({ metadata, template });
const controller = object<{ metadata?: Metadata; spec?: Spec }>({
  metadata,
  spec: object<Spec>({ replicas: int32, template, volumeClaimTemplates: objects(claimTemplate, {}) }),
});
const cronJob = object<{ metadata?: Metadata; spec?: { jobTemplate?: { spec?: Spec } } }>({
  metadata,
  spec: object<{ jobTemplate?: { spec?: Spec } }>({
    jobTemplate: object<{ spec?: Spec }>({ spec: object<Pick<Spec, "template">>({ template }) }),
  }),
});

const DECODERS: Readonly<Record<KnownTemplate, Decoder<Decoded>>> = {
  pod(value, decoding) {
    const pod = template(value, decoding);
    return pod === undefined ? undefined : { ...pod, template: pod };
  },
  template: podTemplate,
  "spec.template"(value, decoding) {
    const { metadata: own, spec = {} } = controller(value, decoding) ?? {};
    const { volumeClaimTemplates: claimTemplates = [], ...rest } = spec;
    return { ...rest, claimTemplates, ...(own === undefined ? {} : { metadata: own }) };
  },
  "spec.jobTemplate.spec.template"(value, decoding) {
    const { metadata: own, spec } = cronJob(value, decoding) ?? {};
    return { ...spec?.jobTemplate?.spec, ...(own === undefined ? {} : { metadata: own }) };
  },
};

/** Location of an object, and the environment of its folder. */
export type Origin = Pick<RawWorkload, "at" | "environment">;

/** Object, its kind's properties, and the part's name if the object has several pods. */
export interface WorkloadSource {
  readonly object: KubernetesObject;
  readonly kind: WorkloadKind;
  readonly part?: string;
  /** Fields of the surrounding object that change the pods beside the template. */
  readonly overlays?: OverlayFacts;
  /** Paths of marks by which the pods get another image. */
  readonly imageMarks?: readonly string[];
}

/**
 * Decodes the facts of a workload's object.
 *
 * @throws InvalidInputError invalid-fields, if nothing in it is valid
 */
export function workloadFacts(workload: WorkloadSource, origin: Origin): RawWorkload {
  const { object: source, kind, part, overlays, imageMarks = [] } = workload;
  const invalid: InvalidField[] = [];
  const decoding: Decoding = { path: [...source.path], invalid };
  const decoded = decoderOf(kind)(source.value, decoding) ?? {};
  const podPath = [...source.path, ...templatePath(kind)];
  const templates = templateClaims(decoded);
  const pod = withClaimedVolumes(source.kind, podFacts(decoded.template), templates);
  if (pod.spec.containers.length === 0) refuseEmpty({ path: [...podPath, "spec", "containers"], invalid });
  const { namespace, labels = {}, annotations = {} } = decoded.metadata ?? {};
  const rollout = rolloutOf(source);
  const job = jobSettings(source, templatePath(kind));
  const statefulSet = statefulSetSettings(source);
  const minReady = valueAt(source.value, "spec", "minReadySeconds");
  const misplaced = misplacedFields(source, kind);
  const refused = refusedFields(source, kind);
  const unknown = unknownOf(source, [...misplaced, ...invalid.map(({ at = "" }) => at)]);
  return {
    ...origin,
    path: formatPath(source.path),
    apiVersion: source.apiVersion,
    kind: source.kind,
    ...(namespace === undefined ? {} : { namespace }),
    name: nameOf(decoded.metadata, part),
    labels,
    annotations,
    lifetime: kind.lifetime ?? lifetimeOf(pod.spec.restartPolicy),
    ...(decoded.replicas === undefined ? {} : { replicas: decoded.replicas }),
    ...(typeof minReady === "number" ? { minReadySeconds: minReady } : {}),
    ...(job === undefined ? {} : { job }),
    ...(statefulSet === undefined ? {} : { statefulSet }),
    ...(rollout === undefined ? {} : { rollout }),
    ...(isCreatedPod(source, origin) ? { created: true } : {}),
    podPath: formatPath(podPath),
    pod,
    claims: [...templates, ...claimsOf(pod)],
    ...(overlays === undefined ? {} : { overlays }),
    ...(imageMarks.length === 0 ? {} : { imageMarks }),
    ...(misplaced.length === 0 ? {} : { misplaced }),
    invalid,
    ...(refused.length === 0 ? {} : { refused }),
    ...(unknown.length === 0 ? {} : { unknown }),
  };
}

/**
 * Whether an object is a Pod as returned by a cluster. The API server refuses to create an object whose
 * resourceVersion is a number above 0 (k8s.io/apiserver, storage, ErrResourceVersionSetOnCreate).
 */
function isCreatedPod({ apiVersion, kind, value }: KubernetesObject, { at }: Origin): boolean {
  if (apiVersion !== "v1" || kind !== "Pod") return false;
  const { metadata: own } = value;
  const version = isMapping(own) ? own["resourceVersion"] : undefined;
  return at.in === "api" || (typeof version === "string" && /^[1-9]\d{0,19}$/.test(version));
}

/** @param named fields with a better message elsewhere */
function unknownOf(source: KubernetesObject, named: readonly string[]): readonly string[] {
  return unknownFields(source).filter((path) => !named.includes(path));
}

function decoderOf({ template: at }: WorkloadKind): Decoder<Decoded> {
  return typeof at === "string" ? DECODERS[at] : templateAt(at);
}

/** Decoder of an unknown kind, which reads only its metadata, the pod, and claims beside the pod. */
function templateAt(path: readonly Segment[]): Decoder<Decoded> {
  return (value, decoding) => {
    let [inner, outer]: readonly unknown[] = [value, value];
    for (const key of path) [inner, outer] = [(inner as Readonly<Record<Segment, unknown>>)[key], inner];
    const own = object<{ metadata?: Metadata }>({ metadata })(value, decoding) ?? {};
    decoding.path.push(...path);
    const decoded = template(inner, decoding);
    decoding.path.length -= path.length;
    const claims = isMapping(outer) ? outer["volumeClaimTemplates"] : undefined;
    // In other kinds, the field may have another form, which is not a mistake.
    const claimTemplates = objects(claimTemplate, {})(claims, { path: [], invalid: [] });
    return {
      ...own,
      ...(decoded === undefined ? {} : { template: decoded }),
      ...(claimTemplates === undefined ? {} : { claimTemplates }),
    };
  };
}

function nameOf({ name, generateName }: Metadata = {}, part: string | undefined): string {
  const own = name ?? (generateName === undefined ? "" : `${generateName}*`);
  return part === undefined ? own : `${own}/${part}`;
}

function podFacts(decoded: Template = {}): PodFacts {
  const { finalizers = [] } = decoded.metadata ?? {};
  return {
    labels: decoded.metadata?.labels ?? {},
    annotations: decoded.metadata?.annotations ?? {},
    ...(finalizers.length === 0 ? {} : { finalizers }),
    spec: { containers: [], initContainers: [], ephemeralContainers: [], volumes: [], ...decoded.spec },
  };
}

/** Lifetime by restartPolicy, by default Always; an invalid value does not let pods end either. */
function lifetimeOf(restartPolicy: string = RESTART_POLICY): RawWorkload["lifetime"] {
  return restartPolicy === "Never" || restartPolicy === "OnFailure" ? "batch" : "long-running";
}

function templateClaims({ claimTemplates = [] }: Decoded): readonly ClaimFacts[] {
  return claimTemplates.map(({ metadata: { name = "" } = {}, spec }) => {
    const modes = spec?.accessModes === undefined ? {} : { accessModes: spec.accessModes };
    return { name, source: "template", ...modes, ...requestedBy(spec) };
  });
}

function claimsOf(pod: PodFacts): readonly ClaimFacts[] {
  const claims: ClaimFacts[] = [];
  for (const { name = "", persistentVolumeClaim, ephemeral } of pod.spec.volumes) {
    if (persistentVolumeClaim?.claimName !== undefined) {
      claims.push({ name: persistentVolumeClaim.claimName, source: "claim" });
    }
    if (ephemeral === undefined) continue;
    claims.push({ name, source: "ephemeral", ...requestedBy(ephemeral.volumeClaimTemplate?.spec) });
  }
  return claims;
}

function requestedBy(spec: VolumeRequestFacts | undefined): Pick<ClaimFacts, "requested"> {
  return spec === undefined ? {} : { requested: spec };
}

/** Refuses a pod without containers, for which every rule would hold. */
function refuseEmpty(decoding: Decoding): void {
  refuse(decoding, { fr: "attend au moins un conteneur", en: "must name at least one container" });
}
