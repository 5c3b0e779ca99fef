// Rows 1 to 12: objects beside a workload that change its pods or their permissions.

import type { Answer } from "../../../src/contract/verdict.ts";
import { deployment, type Manifest, podSpec } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";

const CHANGED = "1.1: what runs is not what was judged; nobody has seen the pods.";
const OTHERS = "It says nothing of these pods.";
const LOWERED = "1.1: Restricted is applied to every image, without a way out.";
const RIGHTS = "1.1: an image must not be able to affect other applications or the platform.";

const PODS = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] };
const HOST = { patchStrategicMerge: { spec: { hostNetwork: true } } };
const OF_PODS = { any: [{ resources: { kinds: ["Pod"] } }] };
const ENFORCE = "pod-security.kubernetes.io/enforce";
const RBAC = "rbac.authorization.k8s.io/v1";
const ACCOUNT = { kind: "ServiceAccount", name: "web", namespace: "aides" };

const AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
const TO_VIEW = { [`${AGGREGATE}view`]: "true" };
const TO_EDIT = { [`${AGGREGATE}edit`]: "true" };
/** A pod that gets no token by itself, with a Secret as files. */
const MOUNTED = {
  automountServiceAccountToken: false,
  volumes: [
    { name: "tmp", emptyDir: {} },
    { name: "token", secret: { secretName: "token" } },
  ],
};

const CALLED = { clientConfig: { service: { name: "front", namespace: "aides" } } };
const SERVICE: Manifest = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "front", namespace: "aides" },
  spec: { selector: { "app.kubernetes.io/name": "web" }, ports: [{ port: 443, targetPort: 8080 }] },
};
const OF_NAME = { key: "kubernetes.io/metadata.name" };
const ORDERS = { apiGroups: ["shop.example.fr"], resources: ["orders"] };
const ORDER: Manifest = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "orders.shop.example.fr" },
  spec: {
    group: "shop.example.fr",
    names: { kind: "Order", plural: "orders" },
    scope: "Namespaced",
    conversion: { strategy: "Webhook", webhook: { ...CALLED, conversionReviewVersions: ["v1"] } },
  },
};

export const cases: Cases = [
  mutation("a webhook that changes pods", webhook(PODS)),
  mutation("a webhook that changes everything", webhook({ ...PODS, apiGroups: ["*"], resources: ["*"] })),
  mutation("a webhook of Deployments", webhook({ ...PODS, apiGroups: ["apps"], resources: ["deployments"] })),
  mutation("a MutatingAdmissionPolicy of pods", admissionPolicy(PODS)),
  mutation(
    "a binding of a MutatingAdmissionPolicy that is elsewhere",
    object("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding", {
      spec: { policyName: "add-host-network" },
    }),
  ),
  mutation("Kyverno adds hostNetwork to pods", kyverno({ match: OF_PODS, mutate: HOST })),
  mutation(
    "Kyverno changes Deployments that are there already",
    kyverno({
      match: OF_PODS,
      mutate: { ...HOST, targets: [{ apiVersion: "apps/v1", kind: "Deployment" }] },
    }),
  ),
  mutation(
    "Kyverno fills a securityContext in, and an image by a variable",
    kyverno({
      mutate: {
        patchStrategicMerge: {
          spec: {
            containers: [
              { "(name)": "*", image: "{{ registry }}/a:1", securityContext: { privileged: false } },
            ],
          },
        },
      },
    }),
  ),
  mutation("Gatekeeper assigns a field of pods", gatekeeper("Assign", "spec.hostNetwork")),
  mutation("Gatekeeper changes a list of pods", gatekeeper("ModifySet", "spec.containers[name:*].args")),
  mutation(
    "a PodDefault of the namespace",
    object("kubeflow.org/v1alpha1", "PodDefault", {
      metadata: { name: "it", namespace: "aides" },
      spec: {
        selector: { matchLabels: { "app.kubernetes.io/name": "web" } },
        env: [{ name: "A", value: "b" }],
      },
    }),
  ),
  mutation(
    "Kyverno generates a LimitRange beside the pods",
    kyverno({ match: OF_PODS, generate: { kind: "LimitRange", name: "it", namespace: "aides" } }),
  ),
  mutation(
    "Kyverno generates a ClusterRoleBinding",
    kyverno({ match: OF_PODS, generate: { kind: "ClusterRoleBinding", name: "it" } }),
  ),
  mutation("a GeneratingPolicy", object("policies.kyverno.io/v1alpha1", "GeneratingPolicy", { spec: {} })),
  other(
    "Kyverno generates a NetworkPolicy",
    kyverno({ match: OF_PODS, generate: { kind: "NetworkPolicy", name: "it", namespace: "aides" } }),
  ),
  other(
    "Kyverno generates a LimitRange in another namespace",
    kyverno({ match: OF_PODS, generate: { kind: "LimitRange", name: "it", namespace: "ops" } }),
  ),
  exempted("constraints of OpenShift that name its account", constraints({ allowHostNetwork: true }), "no"),
  exempted(
    "rights to use OpenShift's privileged constraints",
    bound("system:openshift:scc:privileged", ACCOUNT, "ClusterRoleBinding"),
    "no",
  ),
  exempted(
    "PodSecurityConfiguration that exempts its namespace",
    object("pod-security.admission.config.k8s.io/v1", "PodSecurityConfiguration", {
      exemptions: { namespaces: ["aides"] },
    }),
    "no",
  ),
  exempted("constraints as strict as Restricted", constraints({}), "yes"),
  exempted(
    "PodSecurityConfiguration that exempts another namespace",
    object("pod-security.admission.config.k8s.io/v1", "PodSecurityConfiguration", {
      exemptions: { namespaces: ["kube-system"] },
    }),
    "yes",
  ),
  other(
    "a webhook of certificates",
    webhook({ ...PODS, apiGroups: ["cert-manager.io"], resources: ["certificates"] }),
  ),
  other("a ValidatingWebhookConfiguration of pods", {
    ...webhook(PODS),
    kind: "ValidatingWebhookConfiguration",
  }),
  handed("a webhook of Secrets of every namespace", [SERVICE, received({})], "no"),
  handed(
    "a mutating webhook of Secrets in namespaces but the system's",
    [
      SERVICE,
      received(
        {
          namespaceSelector: {
            matchExpressions: [{ ...OF_NAME, operator: "NotIn", values: ["kube-system"] }],
          },
        },
        "MutatingWebhookConfiguration",
      ),
    ],
    "no",
  ),
  handed("an API of Kubernetes", [SERVICE, extension({ group: "apps", version: "v1" })], "no"),
  handed(
    "a webhook of Secrets where a label of the namespace asks for it",
    [SERVICE, received({ namespaceSelector: { matchLabels: { inject: "yes" } } })],
    "unproven",
  ),
  handed("a webhook of Secrets whose Service is elsewhere", [received({})], "unproven"),
  handed(
    "a webhook of Secrets through another name of its Service",
    [
      SERVICE,
      service("hook", { type: "ExternalName", externalName: "front.aides.svc.cluster.local" }),
      deployment({ name: "other", labels: { app: "other" }, pod: podSpec({ containers: [server()] }) }),
      received({ clientConfig: { service: { name: "hook", namespace: "aides" } } }),
    ],
    "no",
  ),
  handed(
    "a webhook of Secrets that another host receives",
    [
      SERVICE,
      service("hook", { type: "ExternalName", externalName: "front.ops.svc.cluster.local" }),
      received({ clientConfig: { service: { name: "hook", namespace: "aides" } } }),
    ],
    "yes",
  ),
  handed(
    "nothing: a NetworkPolicy is for another namespace",
    [
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "deny", namespace: "ops" },
        spec: { podSelector: {} },
      },
    ],
    "yes",
  ),
  handed(
    "a webhook of Secrets by a URL",
    [received({ clientConfig: { url: "https://hooks.example.fr" } })],
    "unproven",
  ),
  handed(
    "a webhook of Secrets in its own namespace",
    [
      SERVICE,
      received({
        namespaceSelector: { matchExpressions: [{ ...OF_NAME, operator: "In", values: ["aides"] }] },
      }),
    ],
    "yes",
  ),
  handed(
    "a webhook of a kind of its own",
    [SERVICE, received({ rules: [{ ...ORDERS, operations: ["CREATE"], apiVersions: ["v1"] }] }), ORDER],
    "yes",
  ),
  handed("the conversion of a kind of its own", [SERVICE, ORDER], "yes"),
  handed("an API of its own", [SERVICE, extension({ group: "metrics.example.fr", version: "v1" })], "yes"),
  handed(
    "a webhook of Secrets for a Service of other pods",
    [{ ...SERVICE, spec: { selector: { app: "other" }, ports: [{ port: 443 }] } }, received({})],
    "yes",
  ),
  handed(
    "Lua in the configuration of its ingress controller",
    [SERVICE, ingress("configuration-snippet", 'content_by_lua_block { ngx.say("x") }')],
    "no",
  ),
  handed(
    "files of its ingress controller",
    [SERVICE, ingress("server-snippet", "location /x/ { alias /var/run/secrets/; }")],
    "no",
  ),
  handed(
    "a way out of its place in the controller's configuration",
    [SERVICE, ingress("configuration-snippet", "} location /x { return 200; } location /y {")],
    "no",
  ),
  handed(
    "another host through its ingress controller",
    [SERVICE, ingress("server-snippet", "location /x { proxy_pass http://y; }")],
    "unproven",
  ),
  handed(
    "headers and redirects by its ingress controller",
    [
      SERVICE,
      ingress(
        "configuration-snippet",
        'more_set_headers "X-Frame-Options: DENY";\nif ($host = a.example.fr) { return 301 https://b.example.fr$request_uri; }',
      ),
    ],
    "yes",
  ),
  other("a MutatingAdmissionPolicy of ConfigMaps", admissionPolicy({ ...PODS, resources: ["configmaps"] })),
  other(
    "Kyverno adds a label to pods",
    kyverno({ match: OF_PODS, mutate: { patchStrategicMerge: { metadata: { labels: { team: "aides" } } } } }),
  ),
  other(
    "Kyverno validates pods",
    kyverno({ match: OF_PODS, validate: { message: "no", pattern: { spec: { hostNetwork: "false" } } } }),
  ),
  other(
    "Kyverno changes pods of another namespace",
    kyverno({ match: { any: [{ resources: { kinds: ["Pod"], namespaces: ["ops"] } }] }, mutate: HOST }),
  ),
  other("Gatekeeper adds a label", gatekeeper("AssignMetadata", "metadata.labels.team")),
  other(
    "a ResourceQuota",
    object("v1", "ResourceQuota", {
      metadata: { name: "it", namespace: "aides" },
      spec: { hard: { pods: "4" } },
    }),
  ),
  other(
    "a LimitRange",
    object("v1", "LimitRange", {
      metadata: { name: "it", namespace: "aides" },
      spec: { limits: [{ type: "Container", default: { memory: "256Mi" } }] },
    }),
  ),
  other(
    "a NetworkPolicy that allows nothing",
    object("networking.k8s.io/v1", "NetworkPolicy", {
      metadata: { name: "it", namespace: "aides" },
      spec: { podSelector: {}, policyTypes: ["Ingress"] },
    }),
  ),
  said("an EnvoyFilter", object("networking.istio.io/v1alpha3", "EnvoyFilter", {})),
  said(
    "a WasmPlugin",
    object("extensions.istio.io/v1alpha1", "WasmPlugin", { spec: { url: "https://example.com/a.wasm" } }),
  ),
  said(
    "a Binding to a node",
    object("v1", "Binding", { target: { apiVersion: "v1", kind: "Node", name: "node-1" } }),
  ),
  said("a PriorityClass", object("scheduling.k8s.io/v1", "PriorityClass", { value: 1_000_000 })),
  said("a RuntimeClass", object("node.k8s.io/v1", "RuntimeClass", { handler: "kata" })),
  said(
    "a Kustomization of Flux that patches",
    object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", {
      spec: { path: "./deploy", patches: [{ patch: "- op: add" }] },
    }),
  ),
  {
    name: "a Kustomization of Flux that only names a folder",
    given: manifests(
      web(),
      object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec: { path: "./deploy" } }),
    ),
    expect: { "no-host-access": "yes" },
    silent: true,
    trap: true,
    why: "The folder is judged where it is.",
  },

  space("enforces privileged", { [ENFORCE]: "privileged" }, "no", LOWERED),
  space(
    "enforces baseline, and warns of restricted",
    { [ENFORCE]: "baseline", "pod-security.kubernetes.io/warn": "restricted" },
    "no",
    LOWERED,
  ),
  space(
    "enforces a level that does not exist",
    { [ENFORCE]: "strict" },
    "unproven",
    "The API refuses the Namespace: which level holds is not known.",
  ),
  space("enforces restricted", { [ENFORCE]: "restricted" }, "yes", "The contract's own profile."),
  space("says nothing of Pod Security", { team: "aides" }, "yes", "The platform applies it itself (1.1)."),
  space(
    "audits privileged, and enforces nothing",
    { "pod-security.kubernetes.io/audit": "privileged" },
    "yes",
    "An audit lets nothing in.",
  ),
  {
    name: "the Namespace of others enforces privileged",
    given: manifests(
      web(),
      object("v1", "Namespace", { metadata: { name: "ops", labels: { [ENFORCE]: "privileged" } } }),
    ),
    expect: { "no-host-access": "yes" },
    trap: true,
    why: OTHERS,
  },

  rights("cluster-admin", [bound("cluster-admin")], "no", RIGHTS),
  rights(
    "cluster-admin for all accounts of the namespace",
    [bound("cluster-admin", { kind: "Group", name: "system:serviceaccounts:aides" })],
    "no",
    RIGHTS,
  ),
  rights(
    "the secrets of the whole cluster",
    [bound("own"), role("ClusterRole", { resources: ["secrets"], verbs: ["get", "list"] })],
    "no",
    RIGHTS,
  ),
  rights(
    "escalate and bind",
    [
      bound("own"),
      role("ClusterRole", {
        apiGroups: ["rbac.authorization.k8s.io"],
        resources: ["clusterroles"],
        verbs: ["escalate", "bind"],
      }),
    ],
    "no",
    RIGHTS,
  ),
  rights("a ClusterRole that is not there", [bound("operator")], "unproven", "Nobody knows what it allows."),
  rights(
    "cluster-admin, whose token the pod does not get",
    [bound("cluster-admin")],
    "yes",
    "The container cannot use these rights.",
    { automountServiceAccountToken: false },
  ),
  rights(
    "cluster-admin for another account",
    [bound("cluster-admin", { ...ACCOUNT, name: "ci" })],
    "yes",
    OTHERS,
  ),
  rights(
    "view, to which a ClusterRole adds secrets",
    [bound("view"), aggregated({ resources: ["secrets"], verbs: ["get", "list"] }, TO_VIEW)],
    "no",
    RIGHTS,
  ),
  rights(
    "a ClusterRole that selects all that edit is made of",
    [
      bound("own"),
      object(RBAC, "ClusterRole", {
        metadata: { name: "own" },
        rules: [],
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: TO_EDIT }] },
      }),
    ],
    "no",
    RIGHTS,
  ),
  rights(
    "nothing but what all accounts have, to which a manifest adds secrets",
    [
      object(RBAC, "ClusterRole", {
        metadata: { name: "system:discovery" },
        rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }],
      }),
    ],
    "no",
    "1.1: every cluster binds system:discovery to all accounts.",
  ),
  rights(
    "view, to which a ClusterRole adds an operator's own kind",
    [
      bound("view"),
      aggregated({ apiGroups: ["stable.example.org"], resources: ["crontabs"], verbs: ["get"] }, TO_VIEW),
    ],
    "yes",
    "It reads no secrets and changes nothing.",
  ),
  rights(
    "view, while a ClusterRole adds secrets to admin",
    [
      bound("view"),
      aggregated({ resources: ["secrets"], verbs: ["get"] }, { [`${AGGREGATE}admin`]: "true" }),
    ],
    "yes",
    "Rights of admin are not those of view.",
  ),
  rights(
    "cluster-admin, whose token the pod gets from a Secret",
    [bound("cluster-admin"), tokenSecret("web")],
    "no",
    RIGHTS,
    MOUNTED,
  ),
  rights(
    "no rights, while a Secret gives the token of one that has",
    [bound("cluster-admin", { ...ACCOUNT, name: "ci" }), tokenSecret("ci")],
    "no",
    RIGHTS,
    MOUNTED,
  ),
  rights(
    "cluster-admin, while a Secret of another type is mounted",
    [bound("cluster-admin"), { ...tokenSecret("web"), type: "Opaque" }],
    "yes",
    "Only a Secret of the token's type holds one.",
    MOUNTED,
  ),
  rights(
    "cluster-admin, while the token Secret is for pulling images",
    [bound("cluster-admin"), tokenSecret("web")],
    "yes",
    "The kubelet alone reads imagePullSecrets.",
    { automountServiceAccountToken: false, imagePullSecrets: [{ name: "token" }] },
  ),
  rights(
    "cluster-admin, while a Secret `token` that is elsewhere is mounted",
    [bound("cluster-admin")],
    "unproven",
    "It may be the token.",
    MOUNTED,
  ),
  rights("view over the whole cluster", [bound("view")], "yes", "It reads no secrets and changes nothing."),
  rights(
    "a Role on its own ConfigMaps",
    [
      bound("own", ACCOUNT, "RoleBinding"),
      role("Role", { resources: ["configmaps"], verbs: ["get", "watch", "update"] }),
    ],
    "yes",
    "1.1 is about other applications and the platform.",
  ),
  rights(
    "a ClusterRole that lists pods",
    [
      bound("own"),
      role("ClusterRole", { resources: ["pods", "endpoints"], verbs: ["get", "list", "watch"] }),
    ],
    "yes",
    "It changes nothing of others.",
  ),
];

function object(apiVersion: string, kind: string, fields: Manifest): Manifest {
  return { apiVersion, kind, metadata: { name: "it" }, ...fields };
}

function webhook(rule: Manifest): Manifest {
  return object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", {
    webhooks: [{ name: "it.example.org", rules: [rule], sideEffects: "None" }],
  });
}

function received(fields: Manifest, kind = "ValidatingWebhookConfiguration"): Manifest {
  const rules = [{ apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["secrets"] }];
  return object("admissionregistration.k8s.io/v1", kind, {
    webhooks: [{ name: "w.example.fr", ...CALLED, rules, ...fields }],
  });
}

function ingress(name: string, text: string): Manifest {
  const backend = { service: { name: "front", port: { number: 443 } } };
  return object("networking.k8s.io/v1", "Ingress", {
    metadata: {
      name: "it",
      namespace: "aides",
      annotations: { [`nginx.ingress.kubernetes.io/${name}`]: text },
    },
    spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] },
  });
}

function extension(spec: Manifest): Manifest {
  return object("apiregistration.k8s.io/v1", "APIService", {
    spec: { service: { name: "front", namespace: "aides" }, ...spec },
  });
}

function handed(what: string, objects: readonly Manifest[], answer: Answer): Case {
  const isFine = answer === "yes";
  return {
    name: `objects beside it hand it ${what}`,
    given: manifests(web(), ...objects),
    expect: { "no-host-access": answer },
    ...(isFine ? { trap: true } : {}),
    why: isFine ? "It receives nothing of others." : RIGHTS,
  };
}

function admissionPolicy(rule: Manifest): Manifest {
  return object("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy", {
    spec: { matchConstraints: { resourceRules: [rule] }, mutations: [] },
  });
}

function kyverno(rule: Manifest): Manifest {
  return object("kyverno.io/v1", "ClusterPolicy", { spec: { rules: [{ name: "it", ...rule }] } });
}

function gatekeeper(kind: string, location: string): Manifest {
  return object("mutations.gatekeeper.sh/v1", kind, {
    spec: {
      location,
      applyTo: [{ groups: [""], versions: ["v1"], kinds: ["Pod"] }],
      parameters: { assign: { value: true } },
    },
  });
}

function mutation(name: string, one: Manifest): Case {
  const rows = { "no-host-access": "unproven", "no-escalation": "unproven", health: "unproven" } as const;
  return { name, given: manifests(web(), one), expect: rows, why: CHANGED };
}

function other(name: string, one: Manifest): Case {
  const rows = { "no-host-access": "yes", "no-escalation": "yes", health: "yes" } as const;
  return { name, given: manifests(web(), one), expect: rows, trap: true, why: OTHERS };
}

function constraints(fields: Manifest): Manifest {
  return object("security.openshift.io/v1", "SecurityContextConstraints", {
    allowPrivilegeEscalation: false,
    runAsUser: { type: "MustRunAsRange" },
    users: ["system:serviceaccount:aides:web"],
    ...fields,
  });
}

function exempted(name: string, one: Manifest, answer: "yes" | "no"): Case {
  return {
    name,
    given: manifests(web({}, { serviceAccountName: "web" }), one),
    expect: { "no-host-access": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why: answer === "yes" ? "It exempts nothing of these pods." : LOWERED,
  };
}

function said(name: string, one: Manifest): Case {
  return {
    name,
    given: manifests(web(), one),
    expect: { "no-host-access": "yes" },
    tells: `not judged, these objects may change the pods, their placement or their traffic: `,
    trap: true,
    why: "No clause speaks of it, and what was not judged is said.",
  };
}

function space(name: string, labels: Manifest, answer: Answer, why: string): Case {
  return {
    name: `its Namespace ${name}`,
    given: manifests(web(), object("v1", "Namespace", { metadata: { name: "aides", labels } })),
    expect: { "no-host-access": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}

function bound(roleName: string, subject: Manifest = ACCOUNT, kind = "ClusterRoleBinding"): Manifest {
  const isOfCluster = kind === "ClusterRoleBinding";
  return object(RBAC, kind, {
    metadata: { name: "it", ...(isOfCluster ? {} : { namespace: "aides" }) },
    roleRef: {
      apiGroup: "rbac.authorization.k8s.io",
      kind: isOfCluster ? "ClusterRole" : "Role",
      name: roleName,
    },
    subjects: [subject],
  });
}

function aggregated(rule: Manifest, labels: Manifest): Manifest {
  return object(RBAC, "ClusterRole", {
    metadata: { name: "added", labels },
    rules: [{ apiGroups: [""], ...rule }],
  });
}

function tokenSecret(account: string): Manifest {
  return object("v1", "Secret", {
    metadata: {
      name: "token",
      namespace: "aides",
      annotations: { "kubernetes.io/service-account.name": account },
    },
    type: "kubernetes.io/service-account-token",
  });
}

function role(kind: string, rule: Manifest): Manifest {
  const namespace = kind === "Role" ? { namespace: "aides" } : {};
  return object(RBAC, kind, {
    metadata: { name: "own", ...namespace },
    rules: [{ apiGroups: [""], ...rule }],
  });
}

function rights(
  name: string,
  objects: readonly Manifest[],
  answer: Answer,
  why: string,
  pod: Manifest = { automountServiceAccountToken: true },
): Case {
  return {
    name: `its account has ${name}`,
    given: manifests(web({}, { serviceAccountName: "web", ...pod }), ...objects),
    expect: { "no-host-access": answer },
    ...(answer === "yes" ? { trap: true } : {}),
    why,
  };
}

function service(name: string, spec: Manifest): Manifest {
  return { apiVersion: "v1", kind: "Service", metadata: { name, namespace: "aides" }, spec };
}
