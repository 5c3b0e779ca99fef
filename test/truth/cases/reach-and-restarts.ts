// Rows 8, 9, 10 and 12: Services, addresses, probes and restarts that only look as if they worked.

import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { deployment, job, type Manifest, pod, podSpec } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, server, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

const SELECTED = { "app.kubernetes.io/name": "web" };
const NOBODY = "1.3: the Service reaches nobody; what it calls was not seen to answer.";
const STATIC = "1.3: applications never assume static IP addresses.";
const STICKY =
  "1.2 names 12factor.net/processes: sticky sessions are a violation of twelve-factor, never to be used.";
const ANY_POD = "Any pod answers any client.";
const HOURS = "1.3: a probe that acts after hours says nothing of the real state.";
const ROLLOUT = "1.4 asks that processes can be stopped and started again, not how a rollout goes.";
const READ = { httpGet: { path: "/healthz", port: 8080 } };

/** Metadata that a cluster writes; the API server creates no object with a resourceVersion. */
const LIVE = { uid: "0b9c1a52-7c43-4d5e-9f0a-1b2c3d4e5f60", resourceVersion: "4711" };
const NGINX = "nginx.ingress.kubernetes.io";
const CALLS = { selector: SELECTED, ports: [{ port: 80, targetPort: 8080 }] };
const WEB = service(CALLS);

export const cases: Cases = [
  gated("a readiness gate", { readinessGates: [{ conditionType: "example.com/ready" }] }, "unproven"),
  gated("no readiness gate in an empty list", { readinessGates: [] }, "yes"),
  {
    name: "a Pod that serves, and that the kubelet ends after a minute",
    given: manifests(pod({ pod: podSpec({ containers: [server()], activeDeadlineSeconds: 60 }) })),
    expect: { stateless: "no" },
    why: "1.4: processes are started again; this pod is ended for good.",
  },
  {
    name: "a Job that is given up after a minute",
    given: manifests(
      job({ pod: podSpec({ containers: [server()], restartPolicy: "Never", activeDeadlineSeconds: 60 }) }),
    ),
    expect: { stateless: "unproven" },
    trap: true,
    why: "A task ends; only its trial is missing.",
  },
  reached(
    "names a port that no container has",
    { ports: [{ port: 80, targetPort: "admin" }] },
    "unproven",
    NOBODY,
  ),
  reached(
    "names a TCP port for UDP",
    { ports: [{ port: 80, targetPort: "http", protocol: "UDP" }] },
    "unproven",
    NOBODY,
  ),
  reached(
    "names the container's port",
    { ports: [{ port: 80, targetPort: "http" }] },
    "yes",
    "It is reached.",
  ),
  reached(
    "calls the container's port by its number",
    { ports: [{ port: 80, targetPort: 8080 }] },
    "yes",
    "It is reached.",
  ),
  reached(
    "selects other pods",
    { selector: { app: "other" }, ports: [{ port: 80, targetPort: "admin" }] },
    "yes",
    "It says nothing of these pods.",
  ),
  reached(
    "is headless",
    { clusterIP: "None", ports: [{ port: 80, targetPort: "admin" }] },
    "yes",
    "Its DNS records lead to the pods, whatever port it names.",
  ),

  address(
    "Endpoints of another machine",
    object("v1/Endpoints", { subsets: [{ addresses: [{ ip: "10.1.2.3" }], ports: [{ port: 5432 }] }] }),
    "no",
  ),
  address(
    "an EndpointSlice of another machine",
    object("discovery.k8s.io/v1/EndpointSlice", {
      addressType: "IPv4",
      endpoints: [{ addresses: ["10.1.2.3"] }],
      ports: [],
    }),
    "no",
  ),
  address(
    "an ExternalName that is an address",
    service({ type: "ExternalName", externalName: "10.1.2.3" }),
    "no",
  ),
  address(
    "a chosen clusterIP",
    service({ clusterIP: "10.96.0.77", selector: SELECTED, ports: [{ port: 80, targetPort: 8080 }] }),
    "no",
  ),
  address(
    "externalIPs",
    service({ externalIPs: ["8.8.8.8"], selector: SELECTED, ports: [{ port: 80, targetPort: 8080 }] }),
    "no",
  ),
  address(
    "an ExternalName that encodes an address",
    service({ type: "ExternalName", externalName: "db.10-1-2-3.sslip.io" }),
    "no",
  ),
  address(
    "an ExternalName of a single machine",
    service({ type: "ExternalName", externalName: "ip-10-1-2-3.eu-west-1.compute.internal" }),
    "no",
  ),
  address(
    "a ServiceEntry of Istio with the address of a machine",
    object("networking.istio.io/v1/ServiceEntry", {
      spec: { hosts: ["db.internal"], resolution: "STATIC", endpoints: [{ address: "10.1.2.3" }] },
    }),
    "no",
  ),
  address(
    "a WorkloadEntry of Istio",
    object("networking.istio.io/v1/WorkloadEntry", { spec: { address: "10.1.2.3" } }),
    "no",
  ),
  address(
    "a ServiceEntry of Istio with names",
    object("networking.istio.io/v1/ServiceEntry", {
      spec: { hosts: ["db1.example.org"], resolution: "DNS", endpoints: [{ address: "db1.example.org" }] },
    }),
    "unproven",
  ),
  address(
    "an ExternalName with a version",
    service({ type: "ExternalName", externalName: "api-v1-2-3-4.example.org" }),
    "unproven",
  ),
  address(
    "a Gateway's own address",
    object("gateway.networking.k8s.io/v1/Gateway", {
      spec: { gatewayClassName: "it", addresses: [{ type: "IPAddress", value: "10.1.2.3" }], listeners: [] },
    }),
    "unproven",
  ),

  sticky("an Ingress with cookies", [WEB, ingress({ [`${NGINX}/affinity`]: "cookie" })], "no"),
  sticky("a Service by the client's address", [service({ ...CALLS, sessionAffinity: "ClientIP" })], "no"),
  sticky(
    "a DestinationRule by a cookie",
    [WEB, destinationRule({ httpCookie: { name: "S", ttl: "0s" } })],
    "no",
  ),
  sticky(
    "an IngressRoute of Traefik",
    [
      WEB,
      object("traefik.io/v1alpha1/IngressRoute", {
        spec: { routes: [{ match: "Host(`x`)", services: [{ name: "it", sticky: { cookie: {} } }] }] },
      }),
    ],
    "no",
  ),
  sticky(
    "an HTTPRoute with sessionPersistence",
    [
      WEB,
      object("gateway.networking.k8s.io/v1/HTTPRoute", {
        spec: {
          rules: [{ sessionPersistence: { sessionName: "S" }, backendRefs: [{ name: "it", port: 80 }] }],
        },
      }),
    ],
    "no",
  ),
  sticky("a DestinationRule by a header", [WEB, destinationRule({ httpHeaderName: "x-user" })], "unproven"),
  sticky("an Ingress without affinity", [WEB, ingress({ [`${NGINX}/affinity`]: "none" })], "yes"),
  sticky(
    "an Ingress with a cookie's name alone",
    [WEB, ingress({ [`${NGINX}/session-cookie-name`]: "S" })],
    "yes",
  ),
  sticky(
    "an Ingress that hashes the URL",
    [WEB, ingress({ [`${NGINX}/upstream-hash-by`]: "$request_uri" })],
    "yes",
  ),
  sticky("a Service with sessionAffinity: None", [service({ ...CALLS, sessionAffinity: "None" })], "yes"),
  sticky(
    "a Service of other pods by the client's address",
    [service({ ...CALLS, selector: { app: "other" }, sessionAffinity: "ClientIP" })],
    "yes",
  ),

  address(
    "Endpoints of a pod that no cluster wrote",
    object("v1/Endpoints", { subsets: [{ addresses: [{ ip: "10.1.2.3", targetRef: { kind: "Pod" } }] }] }),
    "no",
  ),
  address("an ExternalName", service({ type: "ExternalName", externalName: "db.example.org" }), "unproven"),
  address(
    "a clusterIP that the cluster wrote",
    service({ clusterIP: "10.96.0.77", selector: SELECTED, ports: [{ port: 80, targetPort: 8080 }] }, LIVE),
    "unproven",
  ),
  address(
    "Endpoints of pods, as the cluster wrote them",
    object(
      "v1/Endpoints",
      {
        subsets: [{ addresses: [{ ip: "10.1.2.3", targetRef: { kind: "Pod", name: "web-1" } }] }],
      },
      LIVE,
    ),
    "unproven",
  ),
  address(
    "the address of a load balancer",
    service({
      type: "LoadBalancer",
      loadBalancerIP: "10.1.2.3",
      selector: SELECTED,
      ports: [{ port: 80, targetPort: 8080 }],
    }),
    "unproven",
  ),
  nameserver("a public name server", "8.8.8.8", "no"),
  nameserver("the node's own name server", "169.254.20.10", "unproven"),

  probe("readiness after a day", { readinessProbe: { ...READ, initialDelaySeconds: 100_000 } }, "no", HOURS),
  probe(
    "liveness that fails after centuries",
    { livenessProbe: { ...READ, periodSeconds: 100_000, failureThreshold: 1_000_000 } },
    "no",
    HOURS,
  ),
  probe(
    "readiness with a timeout of hours",
    { readinessProbe: { ...READ, timeoutSeconds: 10_000 } },
    "no",
    HOURS,
  ),
  probe(
    "a startup probe that begins after a day",
    { startupProbe: { ...READ, initialDelaySeconds: 100_000 } },
    "no",
    HOURS,
  ),
  probe(
    "a startup probe that hides the others for months",
    { startupProbe: { ...READ, periodSeconds: 60, failureThreshold: 100_000 } },
    "no",
    HOURS,
  ),
  probe(
    "liveness whose delay and period add up to two hours",
    { livenessProbe: { ...READ, initialDelaySeconds: 3500, periodSeconds: 3500, failureThreshold: 1 } },
    "no",
    HOURS,
  ),
  probe(
    "liveness that waits a day before it kills",
    { livenessProbe: { ...READ, terminationGracePeriodSeconds: 86_400 } },
    "no",
    HOURS,
  ),
  probe(
    "liveness that waits a minute before it kills",
    { livenessProbe: { ...READ, terminationGracePeriodSeconds: 60 } },
    "yes",
    "Longer than the default, and no delay that matters.",
  ),
  probe(
    "a startup probe that allows ten minutes",
    { startupProbe: { ...READ, periodSeconds: 10, failureThreshold: 60 } },
    "yes",
    "A slow JVM.",
  ),
  probe(
    "liveness that begins after ten minutes",
    { livenessProbe: { ...READ, initialDelaySeconds: 600 } },
    "yes",
    "A slow JVM without a startup probe.",
  ),
  probe(
    "liveness every minute, ten times",
    { livenessProbe: { ...READ, periodSeconds: 60, failureThreshold: 10 } },
    "yes",
    "It acts within ten minutes.",
  ),

  restarted("Never", { restartPolicy: "Never" }, "no", "1.4: a process that ends is not started again."),
  restarted(
    "OnFailure",
    { restartPolicy: "OnFailure" },
    "no",
    "1.4: one that ends with 0 after a failed probe is not started again.",
  ),
  restarted(
    "Never, but for some exit codes",
    {
      restartPolicy: "Never",
      restartPolicyRules: [{ action: "Restart", exitCodes: { operator: "In", values: [42] } }],
    },
    "no",
    "1.4: all other ends are final.",
  ),
  restarted("Always", { restartPolicy: "Always" }, "yes", "The default."),
  {
    name: "an init container with restartPolicy Always",
    given: manifests(
      web({}, { initContainers: [{ ...server(), name: "proxy", ports: [], restartPolicy: "Always" }] }),
    ),
    expect: { stateless: "unproven" },
    trap: true,
    why: "That makes it a sidecar, which is started again.",
  },
  rolledOut("is replaced at once (Recreate)", { strategy: { type: "Recreate" } }),
  rolledOut("may lose all pods in a rollout", { strategy: { rollingUpdate: { maxUnavailable: "100%" } } }),
  rolledOut("is paused", { paused: true }),
  rolledOut("has no replicas", { replicas: 0 }),
  tried(
    "a PodDisruptionBudget that allows no disruption",
    web(),
    [
      object("policy/v1/PodDisruptionBudget", {
        spec: { maxUnavailable: 0, selector: { matchLabels: SELECTED } },
      }),
    ],
    { stateless: "yes" },
    "It keeps the platform from draining nodes; the process can be stopped all the same.",
  ),
];

/** How a team rolls out is not whether its processes can be stopped and started again. */
function rolledOut(name: string, spec: Manifest): Case {
  const workload = deployment({ pod: podSpec({ containers: [server()] }), spec });
  return tried(`a Deployment that ${name}`, workload, [], { stateless: "yes" }, ROLLOUT);
}

function object(type: string, fields: Manifest, metadata: Manifest = {}): Manifest {
  const at = type.lastIndexOf("/");
  return {
    apiVersion: type.slice(0, at),
    kind: type.slice(at + 1),
    metadata: { name: "it", namespace: "aides", ...metadata },
    ...fields,
  };
}

function service(spec: Manifest, metadata: Manifest = {}): Manifest {
  return object("v1/Service", { spec }, metadata);
}

function tried(
  name: string,
  workload: Manifest,
  beside: readonly Manifest[],
  expect: Readonly<Partial<Record<RowId, Answer>>>,
  why: string,
): Case {
  const isTrap = Object.values(expect).every((answer) => answer === "yes");
  return {
    name,
    given: { ...withImage(manifests(workload, ...beside), imageOf({})), trial: {} },
    expect,
    ...(isTrap ? { trap: true } : {}),
    why,
  };
}

function gated(name: string, ofPod: Manifest, answer: Answer): Case {
  const why =
    answer === "yes"
      ? "Its probes say whether it is ready."
      : "1.3: no Service calls the pod until something of the cluster sets the condition.";
  return tried(name, web({}, ofPod), [], { health: answer }, why);
}

function reached(name: string, spec: Manifest, answer: Answer, why: string): Case {
  return tried(
    `a Service ${name}`,
    web(),
    [service({ selector: SELECTED, ...spec })],
    { "bind-all": answer },
    why,
  );
}

function address(name: string, one: Manifest, answer: "no" | "unproven"): Case {
  return {
    name,
    given: manifests(web(), one),
    expect: { "twelve-factor": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why: answer === "no" ? STATIC : "It fixes no peer's address.",
  };
}

function ingress(annotations: Manifest): Manifest {
  const backend = { service: { name: "it", port: { number: 80 } } };
  const rules = [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  return object("networking.k8s.io/v1/Ingress", { spec: { rules } }, { annotations });
}

function destinationRule(consistentHash: Manifest): Manifest {
  const spec = { host: "it", trafficPolicy: { loadBalancer: { consistentHash } } };
  return object("networking.istio.io/v1/DestinationRule", { spec });
}

function sticky(name: string, beside: readonly Manifest[], answer: Answer): Case {
  const why = answer === "yes" ? ANY_POD : STICKY;
  return tried(name, web(), beside, { stateless: answer }, why);
}

function nameserver(name: string, ip: string, answer: "no" | "unproven"): Case {
  return {
    name,
    given: manifests(web({}, { dnsPolicy: "None", dnsConfig: { nameservers: [ip] } })),
    expect: { "twelve-factor": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why: answer === "no" ? STATIC : "It is link-local: the same on every node.",
  };
}

function probe(name: string, container: Manifest, answer: Answer, why: string): Case {
  return {
    name,
    given: manifests(web(container)),
    expect: { health: answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}

function restarted(name: string, container: Manifest, answer: Answer, why: string): Case {
  return tried(`a container with restartPolicy ${name}`, web(container), [], { stateless: answer }, why);
}
