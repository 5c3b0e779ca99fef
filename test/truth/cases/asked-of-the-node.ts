// Rows of the pod: annotations, labels and resources that ask the cluster or the node for more than the manifest shows.

import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { container, type Manifest, pod, podSpec } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";

const INJECTED = "1.1: what runs is not what was judged; nobody has seen the added container.";
const NOTHING = "Nothing is added.";
const DEVICE = "1.1: which devices of the node that gives, nobody has seen.";
const RUNTIME = "1.1: the node's runtime gives what no field of the pod shows.";
const STATIC = "1.3: no static IP address.";

const SERVES = {
  readinessProbe: { httpGet: { path: "/healthz", port: 15021 } },
  livenessProbe: { httpGet: { path: "/healthz", port: 15021 } },
};

const POD_ROWS = ["no-host-access", "no-escalation", "health"] as const;

export const cases: Cases = [
  ...[
    { "sidecar.istio.io/inject": "true" },
    { "inject.istio.io/templates": "custom" },
    { "linkerd.io/inject": "enabled" },
    { "linkerd.io/inject": "ingress" },
    { "vault.hashicorp.com/agent-inject": "true", "vault.hashicorp.com/agent-run-as-user": "0" },
    { "vault.hashicorp.com/agent-inject": "t" },
    { "instrumentation.opentelemetry.io/inject-java": "true" },
    { "instrumentation.opentelemetry.io/inject-nodejs": "tools/nodejs" },
    { "sidecar.opentelemetry.io/inject": "collector" },
    { "dapr.io/enabled": "true", "dapr.io/sidecar-image": "registry.example/evil:1.0.0" },
    { "consul.hashicorp.com/connect-inject": "true" },
    { "kuma.io/sidecar-injection": "enabled" },
    { "sidecar.jaegertracing.io/inject": "true" },
    { "vault.security.banzaicloud.io/vault-addr": "https://vault.example" },
    { "oneagent.dynatrace.com/inject": "true" },
    { "operator.1password.io/inject": "web" },
  ].map((annotations) => injected(named(annotations), { annotations }, "unproven")),
  ...[
    { "sidecar.istio.io/inject": "true" },
    { "istio.io/rev": "stable" },
    { "kuma.io/sidecar-injection": "enabled" },
    { "azure.workload.identity/use": "true" },
    { "admission.datadoghq.com/enabled": "true" },
  ].map((labels) => injected(`the label ${named(labels)}`, { labels }, "unproven")),
  ...[
    { "sidecar.istio.io/inject": "false" },
    { "sidecar.istio.io/inject": "false", "inject.istio.io/templates": "custom" },
    { "linkerd.io/inject": "disabled" },
    {
      "vault.hashicorp.com/agent-inject": "false",
      "vault.hashicorp.com/agent-inject-secret-db": "secret/db",
    },
    { "vault.hashicorp.com/agent-inject-status": "injected" },
    { "instrumentation.opentelemetry.io/inject-java": "false" },
    { "dapr.io/enabled": "False" },
    { "config.linkerd.io/proxy-cpu-limit": "1" },
    { "traffic.sidecar.istio.io/excludeOutboundPorts": "5432" },
    { "prometheus.io/scrape": "true", "example.org/injected-by": "a person" },
  ].map((annotations) => injected(named(annotations), { annotations }, "yes")),
  space("istio-injection: enabled", { labels: { "istio-injection": "enabled" } }, {}, "unproven"),
  space("istio.io/rev", { labels: { "istio.io/rev": "1-24" } }, {}, "unproven"),
  space("linkerd.io/inject", { annotations: { "linkerd.io/inject": "enabled" } }, {}, "unproven"),
  space(
    "instrumentation of OpenTelemetry",
    { annotations: { "instrumentation.opentelemetry.io/inject-python": "true" } },
    {},
    "unproven",
  ),
  space(
    "a selector of arm64 nodes",
    { annotations: { "scheduler.alpha.kubernetes.io/node-selector": "kubernetes.io/arch=arm64" } },
    {},
    "unproven",
  ),
  space(
    "a selector of workers",
    { annotations: { "openshift.io/node-selector": "node-role.kubernetes.io/worker=" } },
    {},
    "yes",
  ),
  space("istio-injection: disabled", { labels: { "istio-injection": "disabled" } }, {}, "yes"),
  space(
    "istio-injection: enabled, which the pod refuses",
    { labels: { "istio-injection": "enabled" } },
    { labels: { "sidecar.istio.io/inject": "false" } },
    "yes",
  ),
  {
    name: "its account has a role of AWS",
    given: manifests(web({}, { serviceAccountName: "web" }), {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: {
        name: "web",
        namespace: "aides",
        annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/web" },
      },
    }),
    expect: { "no-host-access": "unproven" },
    why: "1.1: a webhook adds a token and variables to its pods.",
  },
  created("a Pod as the cluster created it, with its injected container", { resourceVersion: "4711" }, "yes"),
  created("a Pod that only claims to be of a cluster, by its uid", { uid: "8c1f" }, "unproven"),
  created(
    "a Pod that only claims to be of a cluster, by a resourceVersion of 0",
    { resourceVersion: "0" },
    "unproven",
  ),

  device("an extended resource", { limits: { "vendor.example/fuse": "1" } }, "unproven"),
  device("a GPU", { limits: { memory: "1Gi", "nvidia.com/gpu": 1 } }, "unproven"),
  device(
    "a device of a DeviceClass",
    { requests: { "deviceclass.resource.kubernetes.io/gpu": "1" } },
    "unproven",
  ),
  device("a claim", { claims: [{ name: "gpu" }] }, "unproven", {
    resourceClaims: [{ name: "gpu", resourceClaimTemplateName: "gpu" }],
  }),
  device("no device, by an amount of 0", { limits: { "nvidia.com/gpu": "0" } }, "yes"),
  device(
    "huge pages",
    { limits: { "hugepages-2Mi": "64Mi", memory: "1Gi", "ephemeral-storage": "1Gi" } },
    "yes",
  ),
  claimed("adminAccess of a template", template({ name: "gpu", exactly: { adminAccess: true } }), "no"),
  claimed(
    "adminAccess of a template, as v1beta1 writes it",
    template({ name: "gpu", adminAccess: true }),
    "no",
  ),
  claimed(
    "adminAccess that is false",
    template({ name: "gpu", exactly: { adminAccess: false } }),
    "unproven",
  ),
  claimed(
    "adminAccess of a template that it does not use",
    template({ name: "gpu", exactly: { adminAccess: true } }, "other"),
    "unproven",
  ),

  ...[
    { "io.kubernetes.cri-o.Devices": "/dev/mem" },
    { "io.kubernetes.cri-o.userns-mode": "private" },
    { "seccomp-profile.kubernetes.cri-o.io/web": "unconfined" },
    { "cpu-quota.crio.io": "disable" },
    { "devices.nri.io/container.web": "- path: /dev/mem" },
    { "mounts.nri.io/container.web": "- source: /" },
    { "ulimits.nri.containerd.io/container.web": "x" },
    { "cdi.k8s.io/web": "vendor.example/device=all" },
    { "io.katacontainers.config.hypervisor.path": "/x" },
    { "run.oci.keep_original_groups": "1" },
  ].map((annotations) => asked(named(annotations), annotations, { "no-host-access": "unproven" }, RUNTIME)),
  asked(
    "k8s.v1.cni.cncf.io/networks: storage",
    { "k8s.v1.cni.cncf.io/networks": "storage" },
    {
      "no-host-access": "unproven",
      "bind-all": "unproven",
    },
    "1.1: the interface may be the node's own.",
  ),
  ...[
    { "cni.projectcalico.org/ipAddrs": '["10.1.2.3"]' },
    { "ovn.kubernetes.io/ip_address": "10.1.2.3" },
    { "k8s.v1.cni.cncf.io/networks": '[{"name":"a","ips":["10.1.2.3/24"]}]' },
    { "cni.projectcalico.org/ipAddrs": '["2001:db8::5"]' },
  ].map((annotations) => asked(named(annotations), annotations, { "twelve-factor": "no" }, STATIC)),
  ...[
    { "k8s.v1.cni.cncf.io/network-status": '[{"ips":["10.1.2.3"]}]' },
    { "k8s.v1.cni.cncf.io/networks": "[]" },
    { "cni.projectcalico.org/ipv4pools": '["default-ipv4-ippool"]' },
    { "io.cilium.proxy-visibility": "<Egress/53/UDP/DNS>" },
    { "example.org/owner": "nri.io" },
    { "container.seccomp.security.alpha.kubernetes.io/web": "unconfined" },
  ].map((annotations) => ({
    ...asked(
      named(annotations),
      annotations,
      { "no-host-access": "yes" },
      "It asks for nothing of the kind.",
    ),
    trap: true as const,
  })),
];

function named(marks: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(marks)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");
}

/** Rows that an injection leaves open, with one answer. */
function rowsOf(answer: Answer): Readonly<Partial<Record<RowId, Answer>>> {
  return Object.fromEntries(POD_ROWS.map((row) => [row, answer]));
}

function marked(metadata: Manifest): Manifest {
  const workload = web();
  const spec = workload["spec"] as { readonly template: { readonly metadata: Manifest } };
  const own = spec.template.metadata;
  const labels = { ...(own["labels"] as Manifest), ...(metadata["labels"] as Manifest | undefined) };
  const template = { ...spec.template, metadata: { ...own, ...metadata, labels } };
  return { ...workload, spec: { ...spec, template } };
}

function injected(name: string, metadata: Manifest, answer: Answer): Case {
  return {
    name: `its pods have ${name}`,
    given: manifests(marked(metadata)),
    expect: rowsOf(answer),
    ...(answer === "yes" ? { trap: true } : {}),
    why: answer === "yes" ? NOTHING : INJECTED,
  };
}

function space(name: string, metadata: Manifest, ofPods: Manifest, answer: Answer): Case {
  const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "aides", ...metadata } };
  return {
    ...injected(name, {}, answer),
    name: `its Namespace has ${name}`,
    given: manifests(marked(ofPods), object),
  };
}

function created(name: string, metadata: Manifest, answer: Answer): Case {
  const one = pod({ pod: podSpec({ containers: [server(), container({ name: "proxy", ...SERVES })] }) });
  const annotations = { "sidecar.istio.io/inject": "true" };
  return {
    name,
    given: manifests({ ...one, metadata: { ...(one["metadata"] as Manifest), ...metadata, annotations } }),
    expect: { "no-host-access": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why: answer === "yes" ? "Its containers are what runs, and are judged." : INJECTED,
  };
}

function device(name: string, resources: Manifest, answer: Answer, ofPod: Manifest = {}): Case {
  return {
    name: `its container asks for ${name}`,
    given: manifests(web({ resources }, ofPod)),
    expect: { "no-host-access": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why: answer === "yes" ? "No device of the node." : DEVICE,
  };
}

function claimed(name: string, object: Manifest, answer: Answer): Case {
  const resourceClaims = [{ name: "gpu", resourceClaimTemplateName: "gpu" }];
  const workload = web({ resources: { claims: [{ name: "gpu" }] } }, { resourceClaims });
  return {
    name: `its claim has ${name}`,
    given: manifests(workload, object),
    expect: { "no-host-access": answer },
    why: answer === "no" ? "1.1: it reaches devices that others use." : DEVICE,
  };
}

function template(request: Manifest, name = "gpu"): Manifest {
  return {
    apiVersion: "resource.k8s.io/v1",
    kind: "ResourceClaimTemplate",
    metadata: { name, namespace: "aides" },
    spec: { spec: { devices: { requests: [request] } } },
  };
}

function asked(
  name: string,
  annotations: Manifest,
  expect: Readonly<Partial<Record<RowId, Answer>>>,
  why: string,
): Case {
  return { name: `its pods have ${name}`, given: manifests(marked({ annotations })), expect, why };
}
