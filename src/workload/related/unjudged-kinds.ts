import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject, typeOf, workloadKind } from "../objects/kind.ts";
import { isLive, mappingsIn } from "./related-object.ts";

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Kinds that may change how pods run, where they are placed, or their traffic, each with a test for objects
 * that do so.
 */
const UNJUDGED: Readonly<Record<string, (spec: Mapping, value: Mapping) => boolean>> = {
  Binding: always,
  Node: always,
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy": always,
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": always,
  "apiregistration.k8s.io/APIService": ({ group, service }) =>
    !isMapping(service) && (typeof group !== "string" || GROUPS.has(group) || group === "networking.k8s.io"),
  "certificates.k8s.io/CertificateSigningRequest": always,
  "kyverno.io/PolicyException": always,
  "policies.kyverno.io/PolicyException": always,
  "policy/Eviction": always,
  "scheduling.k8s.io/PriorityClass": always,
  "node.k8s.io/RuntimeClass": always,
  "gateway.envoyproxy.io/EnvoyPatchPolicy": always,
  "getambassador.io/Module": always,
  "networking.istio.io/EnvoyFilter": always,
  "networking.istio.io/Sidecar": always,
  "extensions.istio.io/WasmPlugin": always,
  "argocd-image-updater.argoproj.io/ImageUpdater": always,
  "autoscaling.k8s.io/VerticalPodAutoscaler": ({ updatePolicy }) =>
    !isMapping(updatePolicy) || updatePolicy["updateMode"] !== "Off",
  "kustomize.toolkit.fluxcd.io/Kustomization": (spec) =>
    ["components", "images", "patches", "patchesJson6902", "patchesStrategicMerge", "postBuild"].some(
      (field) => spec[field] !== undefined && spec[field] !== null,
    ),
  "argoproj.io/Application": (spec, value) =>
    updatesImages(value) ||
    [spec["source"], ...mappingsIn(spec["sources"])].some((one) => isMapping(valueAt(one, "kustomize"))),
  "kapp.k14s.io/Config": (_spec, { rebaseRules }) => Array.isArray(rebaseRules) && rebaseRules.length > 0,
  "kbld.k14s.io/Config": always,
  // A handle that a user wrote may belong to the snapshot of any other volume.
  "snapshot.storage.k8s.io/VolumeSnapshotContent": ({ source }, value) =>
    typeof valueAt(source, "snapshotHandle") === "string" && !isLive(value),
  "groupsnapshot.storage.k8s.io/VolumeGroupSnapshotContent": ({ source }, value) =>
    isMapping(valueAt(source, "groupSnapshotHandles")) && !isLive(value),
};

/** Whether the Image Updater of Argo CD writes other images into the objects that an Application deploys. */
function updatesImages({ metadata }: Mapping): boolean {
  const list = valueAt(metadata, "annotations", "argocd-image-updater.argoproj.io/image-list");
  return typeof list === "string" && list.trim() !== "";
}

function always(): boolean {
  return true;
}

/** Kubernetes' own groups whose kinds are all listed below, or in kind.ts because they start pods. */
const GROUPS: ReadonlySet<string> = new Set([
  "",
  "admissionregistration.k8s.io",
  "apps",
  "autoscaling",
  "batch",
  "node.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "scheduling.k8s.io",
]);

/** Kinds of these groups that change no pod, or that rules judge. */
const JUDGED: ReadonlySet<string> = new Set([
  "ComponentStatus",
  "Config",
  "ConfigMap",
  "Endpoints",
  "Event",
  "LimitRange",
  "List",
  "Namespace",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "ReplicationController",
  "ResourceQuota",
  "Secret",
  "Service",
  "ServiceAccount",
  "Status",
  "admissionregistration.k8s.io/MutatingAdmissionPolicy",
  "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "apps/ControllerRevision",
  "autoscaling/HorizontalPodAutoscaler",
  "autoscaling/Scale",
  "policy/PodDisruptionBudget",
  "policy/PodSecurityPolicy",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "rbac.authorization.k8s.io/Role",
  "rbac.authorization.k8s.io/RoleBinding",
]);

/** Whether an object may change how pods run, and no rule judges it. Unknown kinds of Kubernetes count. */
export function isUnjudged(object: KubernetesObject): boolean {
  const type = typeOf(object);
  const decide = Object.hasOwn(UNJUDGED, type) ? UNJUDGED[type] : undefined;
  if (decide !== undefined) {
    const { spec } = object.value;
    return decide(isMapping(spec) ? spec : {}, object.value);
  }
  const isKnown = JUDGED.has(type) || type.endsWith("List") || workloadKind(object) !== undefined;
  return GROUPS.has(groupOf(object)) && !isKnown;
}
