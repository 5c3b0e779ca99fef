// What is known of API groups and kinds beside the workloads of Kubernetes itself.

import { groupOf, type KubernetesObject } from "../kind.ts";

/**
 * Groups, and all below them, whose objects start nothing of the application's: schemas, policies about
 * other pods, sources of images and machines, files of tools that never reach a cluster.
 */
const STARTS_NOTHING: readonly string[] = [
  "acme.cert-manager.io",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "argocd-image-updater.argoproj.io",
  "audit.k8s.io",
  "backstage.io",
  "build.openshift.io",
  "cert-manager.io",
  "cli.kyverno.io",
  "cluster.x-k8s.io",
  "external-secrets.io",
  "fn.kpt.dev",
  "gatekeeper.sh",
  "image.openshift.io",
  "image.toolkit.fluxcd.io",
  "k3d.io",
  "kargo.akuity.io",
  "kind.x-k8s.io",
  "kpack.io",
  "kpt.dev",
  "kubewarden.io",
  "kustomize.config.k8s.io",
  "kyverno.io",
  "policy.sigstore.dev",
  "security.openshift.io",
  "skaffold",
  "source.toolkit.fluxcd.io",
  "wgpolicyk8s.io",
];

/** Schemas and records of pods, by group and kind. */
const HOLDS_NO_PODS: ReadonlySet<string> = new Set([
  "apiextensions.crossplane.io/CompositeResourceDefinition",
  "apps/ControllerRevision",
  "argoproj.io/AppProject",
  "policy/PodSecurityPolicy",
  "postgresql.cnpg.io/ClusterImageCatalog",
  "postgresql.cnpg.io/ImageCatalog",
]);

/** Whatever looks like a pod in it, none comes of it (what a policy makes itself apart, see policies.ts). */
export function startsNothing(object: KubernetesObject): boolean {
  const group = groupOf(object);
  if (HOLDS_NO_PODS.has(`${group}/${object.kind}`)) return true;
  return STARTS_NOTHING.some((name) => group === name || group.endsWith(`.${name}`));
}

/** Their controllers add containers of their own, or put these into the pods of others. */
const COMPLETED: ReadonlySet<string> = new Set([
  "apps.kruise.io/SidecarSet",
  "monitoring.coreos.com/Alertmanager",
  "monitoring.coreos.com/Prometheus",
  "monitoring.coreos.com/PrometheusAgent",
  "monitoring.coreos.com/ThanosRuler",
]);

/** What it says of a pod is a part of one. */
export function isCompletedByController(object: KubernetesObject): boolean {
  return COMPLETED.has(`${groupOf(object)}/${object.kind}`);
}

/** Of machines, whose disks are images, too. */
export function isMachine({ kind }: KubernetesObject): boolean {
  return /Machine|Instance|VM|NodeClass|NodePool|Disk/.test(kind);
}

/** Groups of Kubernetes itself, which no custom resource has: images stand in pods only. */
export function isBuiltIn(object: KubernetesObject): boolean {
  return !groupOf(object).includes(".");
}
