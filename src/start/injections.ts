/** Labels and annotations of a pod, or of another object that webhooks read. */
export interface ObjectMarks {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Software that adds containers, variables or volumes to pods on request of a label or an annotation. */
interface Injector {
  /**
   * Keys that request the addition, on the pod or on its namespace; any value except a refusal requests it.
   */
  readonly asks: RegExp;
  /**
   * Key by which a pod refuses requests made by other keys. A requesting key can always refuse by its own
   * value.
   */
  readonly refuses?: string;
}

const INJECTORS: readonly Injector[] = [
  {
    // https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
    asks: /^(?:sidecar\.istio\.io\/inject|inject\.istio\.io\/templates|istio\.io\/rev|istio-injection)$/,
    refuses: "sidecar.istio.io/inject",
  },
  // https://linkerd.io/2/features/proxy-injection/
  { asks: /^linkerd\.io\/inject$/ },
  // https://kuma.io/docs/latest/production/dp-config/dpp-on-kubernetes/
  { asks: /^kuma\.io\/sidecar-injection$/ },
  { asks: /^openservicemesh\.io\/sidecar-injection$/ },
  { asks: /^appmesh\.k8s\.aws\/sidecarInjectorWebhook$/ },
  // https://developer.hashicorp.com/consul/docs/k8s/annotations-and-labels
  { asks: /^consul\.hashicorp\.com\/connect-inject$/ },
  // https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations
  { asks: /^vault\.hashicorp\.com\/agent-inject$/ },
  { asks: /^vault\.security\.(?:banzaicloud\.io|bank-vaults\.io)\/vault-addr$/ },
  // https://opentelemetry.io/docs/platforms/kubernetes/operator/automatic/
  {
    asks: /^(?:instrumentation\.opentelemetry\.io\/inject-[a-z-]{1,40}|sidecar\.opentelemetry\.io\/inject)$/,
  },
  { asks: /^sidecar\.jaegertracing\.io\/inject$/ },
  // https://docs.dapr.io/reference/arguments-annotations-overview/
  { asks: /^dapr\.io\/enabled$/ },
  {
    // https://docs.datadoghq.com/containers/cluster_agent/admission_controller/
    asks: /^admission\.datadoghq\.com\/(?:enabled|[a-z]{1,20}-lib\.version)$/,
    refuses: "admission.datadoghq.com/enabled",
  },
  // https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
  { asks: /^azure\.workload\.identity\/(?:use|inject-proxy-sidecar)$/ },
  { asks: /^gke-gcsfuse\/volumes$/ },
  { asks: /^instana-autotrace$/ },
  // https://docs.odigos.io/instrumentations/overview · https://github.com/newrelic/k8s-metadata-injection
  { asks: /^(?:odigos-instrumentation|newrelic-metadata-injection)$/ },
  // https://docs.dynatrace.com/docs/ingest-from/setup-on-k8s: the operator's own label of a namespace
  {
    asks: /^dynakube\.internal\.(?:oneagent\.)?dynatrace\.com\/instance$/,
    refuses: "oneagent.dynatrace.com/inject",
  },
  // Other injectors, recognised by the usual word: oneagent.dynatrace.com/inject,
  // operator.1password.io/inject, conjur.org/inject.
  { asks: /^[^/]{1,253}\/(?:[a-z]{1,40}-)?inject$/ },
];

/** Values that refuse the request of a key. */
const REFUSALS: ReadonlySet<string> = new Set([
  "",
  "0",
  "disabled",
  "false",
  "n",
  "never",
  "no",
  "none",
  "off",
]);

/** A label or an annotation that asks for injection. */
export interface InjectionMark {
  readonly in: "labels" | "annotations";
  readonly key: string;
}

/** Marks of a pod that request containers, variables or volumes to be added when it is created. */
export function injectionMarks(pod: ObjectMarks): readonly InjectionMark[] {
  const marks = INJECTORS.flatMap((injector) => marksFor(injector, pod, pod));
  return [...new Map(marks.map((mark) => [`${mark.in} ${mark.key}`, mark])).values()];
}

/** Keys by which an operator changes the pod template of the workload that has the key. */
const OF_WORKLOADS = /^(?:odigos-instrumentation|sidecar\.jaegertracing\.io\/inject)$/;

/** Marks of a workload itself that request changes of its pods. */
export function workloadMarks(workload: ObjectMarks, pod: ObjectMarks): readonly InjectionMark[] {
  return INJECTORS.flatMap((injector) => marksFor(injector, workload, pod)).filter(
    ({ in: place, key }, index, all) =>
      OF_WORKLOADS.test(key) && index === all.findIndex((one) => one.in === place && one.key === key),
  );
}

/** Whether the marks of a namespace request changes of pods like this pod when they are created. */
export function changesPods(namespace: ObjectMarks, pod: ObjectMarks): boolean {
  return INJECTORS.some((injector) => marksFor(injector, namespace, pod).length > 0);
}

/** Marks that ask for an injection which the pod does not refuse. */
function marksFor(
  { asks, refuses }: Injector,
  marks: ObjectMarks,
  pod: ObjectMarks,
): readonly InjectionMark[] {
  if (refuses !== undefined && isRefused(refuses, pod)) return [];
  return (["labels", "annotations"] as const).flatMap((place) =>
    Object.entries(marks[place]).flatMap(([key, value]) =>
      asks.test(key) && !isRefusal(value) && !isRefused(key, pod) ? [{ in: place, key }] : [],
    ),
  );
}

/**
 * Whether the pod's own value of a key refuses; a label takes precedence over the annotation of the same
 * name.
 */
function isRefused(key: string, { labels, annotations }: ObjectMarks): boolean {
  const value = [labels, annotations].find((one) => Object.hasOwn(one, key))?.[key];
  return value !== undefined && isRefusal(value);
}

function isRefusal(value: string): boolean {
  return REFUSALS.has(value.trim().toLowerCase());
}
