// API groups and kinds beyond Kubernetes' own workloads.

import { groupOf, type KubernetesObject } from "../objects/kind.ts";

/**
 * Groups, with subgroups, whose objects start no part of the application: schemas, policies about other pods,
 * sources of images and machines, files of tools that never reach a cluster.
 */
const STARTS_NOTHING: readonly string[] = [
  "acme.cert-manager.io",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiserver.config.k8s.io",
  "argocd-image-updater.argoproj.io",
  "audit.k8s.io",
  "authorization.openshift.io",
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
  "pod-security.admission.config.k8s.io",
  "policy.karmada.io",
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

/**
 * Whether an object starts no pods, even if a part looks like a pod (policies that create pods are handled in
 * policies.ts).
 */
export function startsNothing(object: KubernetesObject): boolean {
  const group = groupOf(object);
  if (HOLDS_NO_PODS.has(`${group}/${object.kind}`)) return true;
  return STARTS_NOTHING.some((name) => group === name || group.endsWith(`.${name}`));
}

/** Kinds whose controllers add containers to the pod, or inject the pod's containers into others. */
const COMPLETED: ReadonlySet<string> = new Set([
  "apps.kruise.io/SidecarSet",
  "monitoring.coreos.com/Alertmanager",
  "monitoring.coreos.com/Prometheus",
  "monitoring.coreos.com/PrometheusAgent",
  "monitoring.coreos.com/ThanosRuler",
]);

/** Whether the pod in the object is only part of a pod. */
export function isCompletedByController(object: KubernetesObject): boolean {
  return COMPLETED.has(`${groupOf(object)}/${object.kind}`);
}

/** Whether the kind is a machine, whose disks are also called images. */
export function isMachine({ kind }: KubernetesObject): boolean {
  return /Machine|Instance|VM|NodeClass|NodePool|Disk/.test(kind);
}

/** Whether the group is Kubernetes' own, where only pods name images. */
export function isBuiltIn(object: KubernetesObject): boolean {
  return !groupOf(object).includes(".");
}

/** API groups of Kubernetes itself whose names contain a dot. */
const OF_KUBERNETES: ReadonlySet<string> = new Set([
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiregistration.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "metrics.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "storage.k8s.io",
]);

/** Whether the group is Kubernetes' own, whose kinds are all known; kinds with pods are in kind.ts. */
export function isOfKubernetes(group: string): boolean {
  return !group.includes(".") || OF_KUBERNETES.has(group);
}

/**
 * Groups, with subgroups, whose objects route, permit, measure, name or store, and start nothing. Groups that
 * are not listed are reported.
 */
const ROUTES_AND_RECORDS: readonly string[] = [
  "aadpodidentity.k8s.io",
  "atlas.social.gouv.fr",
  "autoscaling.k8s.io",
  "azure.com",
  "bitnami.com",
  "capsule.clastix.io",
  "cilium.io",
  "cloud.google.com",
  "cnrm.cloud.google.com",
  "config.gatekeeper.sh",
  "configuration.konghq.com",
  "console.openshift.io",
  "crd.projectcalico.org",
  "extensions.istio.io",
  "externaldns.k8s.io",
  "gateway.envoyproxy.io",
  "gateway.networking.k8s.io",
  "getambassador.io",
  "hnc.x-k8s.io",
  "image.toolkit.fluxcd.io",
  "isindir.github.com",
  "k8s.nginx.org",
  "kustomize.toolkit.fluxcd.io",
  "linkerd.io",
  "metallb.io",
  "multicluster.x-k8s.io",
  "networking.gke.io",
  "networking.istio.io",
  "networking.x-k8s.io",
  "notification.toolkit.fluxcd.io",
  "oauth.openshift.io",
  "policies.kyverno.io",
  "policy.linkerd.io",
  "project.openshift.io",
  "projectcalico.org",
  "projectcontour.io",
  "quota.openshift.io",
  "route.openshift.io",
  "secrets-store.csi.x-k8s.io",
  "secrets.hashicorp.com",
  "security.istio.io",
  "services.k8s.aws",
  "snapshot.storage.k8s.io",
  "split.smi-spec.io",
  "telemetry.istio.io",
  "templates.gatekeeper.sh",
  "traefik.containo.us",
  "traefik.io",
  "upbound.io",
  "velero.io",
  "workspace.fabrique.social.gouv.fr",
];

/** Kinds that start no pods although other kinds of their group start pods. */
const KINDS_OF_RECORDS: ReadonlySet<string> = new Set([
  "argoproj.io/AnalysisTemplate",
  "argoproj.io/Application",
  "argoproj.io/ApplicationSet",
  "argoproj.io/ClusterAnalysisTemplate",
  "argoproj.io/WorkflowEventBinding",
  "chaos-mesh.org/NetworkChaos",
  "chaos-mesh.org/PodChaos",
  "flagger.app/AlertProvider",
  "flagger.app/Canary",
  "flagger.app/MetricTemplate",
  "grafana.integreatly.org/GrafanaAlertRuleGroup",
  "grafana.integreatly.org/GrafanaContactPoint",
  "grafana.integreatly.org/GrafanaDashboard",
  "grafana.integreatly.org/GrafanaDatasource",
  "grafana.integreatly.org/GrafanaFolder",
  "kafka.strimzi.io/KafkaTopic",
  "kafka.strimzi.io/KafkaUser",
  "keda.sh/ClusterTriggerAuthentication",
  "keda.sh/ScaledObject",
  "keda.sh/TriggerAuthentication",
  "monitoring.coreos.com/AlertmanagerConfig",
  "monitoring.coreos.com/PodMonitor",
  "monitoring.coreos.com/Probe",
  "monitoring.coreos.com/PrometheusRule",
  "monitoring.coreos.com/ScrapeConfig",
  "monitoring.coreos.com/ServiceMonitor",
  "operator.victoriametrics.com/VMPodScrape",
  "operator.victoriametrics.com/VMRule",
  "operator.victoriametrics.com/VMServiceScrape",
  "postgresql.cnpg.io/Backup",
  "postgresql.cnpg.io/Database",
  "postgresql.cnpg.io/Publication",
  "postgresql.cnpg.io/ScheduledBackup",
  "postgresql.cnpg.io/Subscription",
  "rabbitmq.com/Binding",
  "rabbitmq.com/Exchange",
  "rabbitmq.com/Permission",
  "rabbitmq.com/Policy",
  "rabbitmq.com/Queue",
  "rabbitmq.com/User",
  "rabbitmq.com/Vhost",
]);

/** Whether a group, or its parent group, belongs to a product or a part of Kubernetes that clusters share. */
export function isOfProduct(group: string): boolean {
  return [...STARTS_NOTHING, ...ROUTES_AND_RECORDS].some(
    (name) => group === name || group.endsWith(`.${name}`),
  );
}

export function isRouteOrRecord(object: KubernetesObject): boolean {
  const group = groupOf(object);
  return (
    startsNothing(object) ||
    KINDS_OF_RECORDS.has(`${group}/${object.kind}`) ||
    ROUTES_AND_RECORDS.some((name) => group === name || group.endsWith(`.${name}`))
  );
}
