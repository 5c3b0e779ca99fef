import { describe, expect, test } from "vitest";
import { cronJob, deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { readWorkloads } from "../read-workloads.ts";

const LABELS = { "app.kubernetes.io/name": "web" };
const OTHER = deployment({ name: "other", pod: podSpec() });

async function asked(...objects: readonly Manifest[]): Promise<readonly string[]> {
  const text = [deployment({ pod: podSpec() }), ...objects].map((one) => yaml(one)).join("---\n");
  async function* stdin() {
    yield Buffer.from(text);
  }
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
  return (workloads[0]?.facts.related ?? []).flatMap(({ effect }) =>
    effect.is === "affinity" ? [`${effect.by} ${effect.binds} ${effect.field}`] : [],
  );
}

function object(type: string, spec: Manifest, metadata: Manifest = {}): Manifest {
  const at = type.lastIndexOf("/");
  return {
    apiVersion: type.slice(0, at),
    kind: type.slice(at + 1),
    metadata: { name: "it", namespace: "aides", ...metadata },
    spec,
  };
}

function service(spec: Manifest = {}, metadata: Manifest = {}): Manifest {
  return object(
    "v1/Service",
    { selector: LABELS, ports: [{ port: 80 }], ...spec },
    { name: "web", ...metadata },
  );
}

function ingress(annotations: Manifest, name = "web"): Manifest {
  const backend = { service: { name, port: { number: 80 } } };
  const rules = [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  return object("networking.k8s.io/v1/Ingress", { rules }, { annotations });
}

function istio(hash: Manifest, host = "web"): Manifest {
  return object("networking.istio.io/v1/DestinationRule", {
    host,
    trafficPolicy: { loadBalancer: { consistentHash: hash } },
  });
}

describe("annotations of an Ingress before the pods", () => {
  test.each<[string, string, string]>([
    ["nginx.ingress.kubernetes.io/affinity", "cookie", "client"],
    ["nginx.ingress.kubernetes.io/upstream-hash-by", "$binary_remote_addr", "client"],
    ["nginx.ingress.kubernetes.io/upstream-hash-by", "${remote_addr}", "client"],
    ["nginx.ingress.kubernetes.io/upstream-hash-by", "$http_x_tenant", "header"],
    ["nginx.ingress.kubernetes.io/upstream-hash-by", "$request_uri", "content"],
    ["nginx.org/lb-method", "ip_hash", "client"],
    ["nginx.org/lb-method", "hash $request_uri consistent", "content"],
    ["nginx.com/sticky-cookie-services", "serviceName=web srv_id", "client"],
    ["haproxy-ingress.github.io/affinity", "cookie", "client"],
    ["haproxy-ingress.github.io/balance-algorithm", "source", "client"],
    ["haproxy.org/cookie-persistence", "srv", "client"],
    ["traefik.ingress.kubernetes.io/affinity", "true", "client"],
    ["alb.ingress.kubernetes.io/target-group-attributes", "a=b,stickiness.enabled=true", "client"],
    ["appgw.ingress.kubernetes.io/cookie-based-affinity", "true", "client"],
  ])("%s: %s", async (name, value, by) => {
    expect(await asked(service(), ingress({ [name]: value }))).toEqual([
      `${by} these-pods metadata.annotations.${name}`,
    ]);
  });

  test.each<[string, string]>([
    ["nginx.ingress.kubernetes.io/affinity", ""],
    ["nginx.ingress.kubernetes.io/affinity", "none"],
    ["nginx.ingress.kubernetes.io/affinity-mode", "persistent"],
    ["nginx.ingress.kubernetes.io/session-cookie-name", "S"],
    ["nginx.ingress.kubernetes.io/upstream-hash-by", ""],
    ["nginx.org/lb-method", "least_conn"],
    ["traefik.ingress.kubernetes.io/affinity", "false"],
    ["alb.ingress.kubernetes.io/target-group-attributes", "stickiness.enabled=false"],
    ["appgw.ingress.kubernetes.io/cookie-based-affinity", "False"],
    ["example.org/pod-affinity-note", "cookie"],
  ])("%s: %j asks for nothing", async (name, value) => {
    expect(await asked(service(), ingress({ [name]: value }))).toEqual([]);
  });
});

describe("a Service", () => {
  test.each<[string, Manifest, Manifest, string]>([
    ["by address", { sessionAffinity: "ClientIP" }, {}, "client these-pods spec.sessionAffinity"],
    [
      "headless",
      { sessionAffinity: "ClientIP", clusterIP: "None" },
      {},
      "client nothing spec.sessionAffinity",
    ],
    [
      "of Traefik",
      {},
      { annotations: { "traefik.ingress.kubernetes.io/service.sticky.cookie": "true" } },
      "client these-pods metadata.annotations.traefik.ingress.kubernetes.io/service.sticky.cookie",
    ],
    [
      "with a load balancer's cookies",
      {},
      { annotations: { "service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type": "cookies" } },
      "client these-pods metadata.annotations.service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type",
    ],
    [
      "of Istio",
      {},
      { labels: { "istio.io/persistent-session": "S" } },
      "client these-pods metadata.labels.istio.io/persistent-session",
    ],
  ])("%s", async (_name, spec, metadata, expected) => {
    expect(await asked(service(spec, metadata))).toEqual([expected]);
  });

  test.each<[string, Manifest]>([
    ["without affinity", service({ sessionAffinity: "None" })],
    ["of other pods", service({ sessionAffinity: "ClientIP", selector: { app: "other" } })],
    ["of no pods", service({ sessionAffinity: "ClientIP", selector: undefined, externalIPs: ["10.1.2.3"] })],
    ["of another namespace", service({ sessionAffinity: "ClientIP" }, { namespace: "ops" })],
  ])("%s asks for nothing", async (_name, one) => {
    expect(await asked(one)).toEqual([]);
  });
});

describe("fields of routes before the pods", () => {
  const services = [{ name: "web", port: 80 }];

  test.each<[string, Manifest, string]>([
    [
      "Istio: a cookie",
      istio({ httpCookie: { name: "S", ttl: "0s" } }),
      "client these-pods spec.trafficPolicy.loadBalancer.consistentHash",
    ],
    [
      "Istio: the address",
      istio({ useSourceIp: true }, "web.aides.svc.cluster.local"),
      "client these-pods spec.trafficPolicy.loadBalancer.consistentHash",
    ],
    [
      "Istio: a header",
      istio({ httpHeaderName: "x-user" }),
      "header these-pods spec.trafficPolicy.loadBalancer.consistentHash",
    ],
    [
      "Istio: a parameter",
      istio({ httpQueryParameterName: "q" }),
      "content these-pods spec.trafficPolicy.loadBalancer.consistentHash",
    ],
    [
      "Istio: of a subset",
      object("networking.istio.io/v1/DestinationRule", {
        host: "web",
        subsets: [{ name: "v1", trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } } }],
      }),
      "client these-pods spec.subsets[0].trafficPolicy.loadBalancer.consistentHash",
    ],
    [
      "Traefik",
      object("traefik.io/v1alpha1/IngressRoute", {
        routes: [{ match: "x", services: [{ name: "web", sticky: { cookie: {} } }] }],
      }),
      "client these-pods spec.routes[0].services[0].sticky",
    ],
    [
      "Traefik, weighted",
      object("traefik.io/v1alpha1/TraefikService", {
        weighted: { sticky: { cookie: { name: "S" } }, services },
      }),
      "client these-pods spec.weighted.sticky",
    ],
    [
      "Contour",
      object("projectcontour.io/v1/HTTPProxy", {
        routes: [{ services, loadBalancerPolicy: { strategy: "Cookie" } }],
      }),
      "client these-pods spec.routes[0].loadBalancerPolicy.strategy",
    ],
    [
      "Contour, by address",
      object("projectcontour.io/v1/HTTPProxy", {
        routes: [
          {
            services,
            loadBalancerPolicy: { strategy: "RequestHash", requestHashPolicies: [{ hashSourceIP: true }] },
          },
        ],
      }),
      "client these-pods spec.routes[0].loadBalancerPolicy.requestHashPolicies",
    ],
    [
      "the Gateway API",
      object("gateway.networking.k8s.io/v1/HTTPRoute", {
        rules: [{ sessionPersistence: { sessionName: "S" }, backendRefs: services }],
      }),
      "client these-pods spec.rules[0].sessionPersistence",
    ],
    [
      "a BackendLBPolicy",
      object("gateway.networking.k8s.io/v1alpha2/BackendLBPolicy", {
        targetRefs: [{ group: "", kind: "Service", name: "web" }],
        sessionPersistence: { type: "Cookie" },
      }),
      "client these-pods spec.sessionPersistence",
    ],
    [
      "NGINX",
      object("k8s.nginx.org/v1/VirtualServer", {
        upstreams: [{ name: "u", service: "web", sessionCookie: { enable: true } }],
      }),
      "client these-pods spec.upstreams[0].sessionCookie",
    ],
    [
      "NGINX, by address",
      object("k8s.nginx.org/v1/VirtualServer", {
        upstreams: [{ name: "u", service: "web", "lb-method": "ip_hash" }],
      }),
      'client these-pods spec.upstreams[0]["lb-method"]',
    ],
    [
      "Ambassador",
      object("getambassador.io/v3alpha1/Mapping", {
        service: "http://web.aides:80",
        load_balancer: { policy: "ring_hash", cookie: { name: "S" } },
      }),
      "client these-pods spec.load_balancer",
    ],
    [
      "Envoy",
      object("gateway.envoyproxy.io/v1alpha1/BackendTrafficPolicy", {
        targetRefs: [{ kind: "HTTPRoute", name: "web" }],
        loadBalancer: { type: "ConsistentHash", consistentHash: { type: "SourceIP" } },
      }),
      "client perhaps-these-pods spec.loadBalancer.consistentHash",
    ],
    [
      "Google's load balancer",
      object("cloud.google.com/v1/BackendConfig", { sessionAffinity: { affinityType: "GENERATED_COOKIE" } }),
      "client perhaps-these-pods spec.sessionAffinity",
    ],
    [
      "Kong",
      object("configuration.konghq.com/v1beta1/KongUpstreamPolicy", {
        algorithm: "consistent-hashing",
        hashOn: { cookie: "S" },
      }),
      "client perhaps-these-pods spec.hashOn",
    ],
    [
      "APISIX",
      object("apisix.apache.org/v2/ApisixUpstream", {
        loadbalancer: { type: "chash", hashOn: "cookie", key: "S" },
      }),
      "client perhaps-these-pods spec.loadbalancer",
    ],
    [
      "APISIX, by address",
      object("apisix.apache.org/v2/ApisixUpstream", {
        loadbalancer: { type: "chash", hashOn: "vars", key: "remote_addr" },
      }),
      "client perhaps-these-pods spec.loadbalancer",
    ],
    [
      "OpenShift",
      object(
        "route.openshift.io/v1/Route",
        { to: { kind: "Service", name: "web" } },
        { annotations: { "haproxy.router.openshift.io/balance": "source" } },
      ),
      "client these-pods metadata.annotations.haproxy.router.openshift.io/balance",
    ],
  ])("%s", async (_name, one, expected) => {
    expect(await asked(service(), one)).toEqual([expected]);
  });

  test.each<[string, Manifest]>([
    [
      "no affinity of Google's load balancer",
      object("cloud.google.com/v1/BackendConfig", { sessionAffinity: { affinityType: "NONE" } }),
    ],
    [
      "round robin",
      object("projectcontour.io/v1/HTTPProxy", {
        routes: [{ services, loadBalancerPolicy: { strategy: "RoundRobin" } }],
      }),
    ],
    [
      "a cookie that is off",
      object("k8s.nginx.org/v1/VirtualServer", {
        upstreams: [{ service: "web", sessionCookie: { enable: false } }],
      }),
    ],
    [
      "an empty sticky",
      object("traefik.io/v1alpha1/IngressRoute", { routes: [{ services: [{ name: "web", sticky: {} }] }] }),
    ],
    [
      "sticky of another service beside it",
      object("traefik.io/v1alpha1/IngressRoute", {
        routes: [{ services: [{ name: "web" }, { name: "db", sticky: { cookie: {} } }] }],
      }),
    ],
    ["useSourceIp: false", istio({ useSourceIp: false })],
    ["a Service of another namespace", istio({ useSourceIp: true }, "web.ops.svc.cluster.local")],
    [
      "affinity of pods",
      object("apps.example.org/v1/Tool", { affinity: { podAffinity: {} }, sticky: { cookie: {} } }),
    ],
  ])("%s asks for nothing", async (_name, one) => {
    expect(await asked(service(), OTHER, one)).toEqual([]);
  });
});

test("a value of an annotation is masked like all that is read", async () => {
  const token = ["glpat", "A1b2C3d4E5f6G7h8I9j0"].join("-");
  const value = `stickiness.enabled=true,x=${token}`;
  const text = [
    deployment({ pod: podSpec() }),
    service(),
    ingress({ "alb.ingress.kubernetes.io/target-group-attributes": value }),
  ]
    .map((one) => yaml(one))
    .join("---\n");
  async function* stdin() {
    yield Buffer.from(text);
  }
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
  const related = JSON.stringify(workloads[0]?.facts.related);
  expect(related).toContain("stickiness.enabled=true");
  expect(related).not.toContain(token);
});

const CLOUDS = "service.beta.kubernetes.io/";

test.each([
  [`${CLOUDS}alibaba-cloud-loadbalancer-sticky-session`, "on"],
  [`${CLOUDS}azure-load-balancer-distribution-mode`, "SourceIP"],
  [`${CLOUDS}linode-loadbalancer-stickiness`, "table"],
  ["kubernetes.io/elb.session-affinity-mode", "SOURCE_IP"],
  ["loadbalancer.ovhcloud.com/session-persistence", "SOURCE_IP"],
  ["oci.oraclecloud.com/loadbalancer-policy", "IP_HASH"],
])("a cloud's load balancer: %s=%s", async (name, value) => {
  const annotated = (text: string) => service({}, { annotations: { [name]: text } });
  expect(await asked(annotated(value))).toEqual([`client these-pods metadata.annotations.${name}`]);
  for (const off of ["", "off", "none"]) expect(await asked(annotated(off))).toEqual([]);
});

test("a method that spreads requests asks for nothing", async () => {
  const method = { "oci.oraclecloud.com/loadbalancer-policy": "ROUND_ROBIN" };
  const mode = { [`${CLOUDS}azure-load-balancer-distribution-mode`]: "Default" };
  expect(await asked(service({}, { annotations: { ...method, ...mode } }))).toEqual([]);
});

test("a Service of one revision calls the pods, one of a single pod does not", async () => {
  const sticky = (label: string) =>
    service({ selector: { ...LABELS, [label]: "a" }, sessionAffinity: "ClientIP" });
  expect(await asked(sticky("pod-template-hash"))).toEqual(["client these-pods spec.sessionAffinity"]);
  expect(await asked(sticky("rollouts-pod-template-hash"))).toHaveLength(1);
  expect(await asked(sticky("apps.kubernetes.io/pod-index"))).toEqual([]);
  const revision = service({ selector: { "pod-template-hash": "a" }, sessionAffinity: "ClientIP" });
  expect(await asked(revision)).toEqual([]);
});

describe("rollouts", () => {
  const cookies = { loadBalancer: { consistentHash: { httpCookie: { name: "u", ttl: "0s" } } } };
  const canary = (spec: Manifest, name = "web") =>
    object("flagger.app/v1beta1/Canary", { targetRef: { kind: "Deployment", name }, ...spec });
  const rollout = (trafficRouting: Manifest) =>
    object("argoproj.io/v1alpha1/Rollout", {
      workloadRef: { kind: "Deployment", name: "web" },
      strategy: { canary: { trafficRouting } },
    });

  test.each<[string, Manifest, readonly string[]]>([
    [
      "Flagger's cookies of pods",
      canary({ service: { port: 80, trafficPolicy: cookies } }),
      ["client these-pods spec.service.trafficPolicy.loadBalancer.consistentHash"],
    ],
    [
      "Flagger's cookie of a version",
      canary({ analysis: { sessionAffinity: { cookieName: "c" } } }),
      ["version these-pods spec.analysis.sessionAffinity"],
    ],
    ["of another workload", canary({ service: { trafficPolicy: cookies } }, "other"), []],
    [
      "Argo Rollouts' target groups",
      rollout({ alb: { stickinessConfig: { enabled: true } } }),
      ["version these-pods spec.strategy.canary.trafficRouting.alb.stickinessConfig"],
    ],
    ["switched off", rollout({ alb: { stickinessConfig: { enabled: false } } }), []],
    [
      "annotations of its Ingress",
      rollout({ nginx: { additionalIngressAnnotations: { affinity: "cookie" } } }),
      ["client these-pods spec.strategy.canary.trafficRouting.nginx.additionalIngressAnnotations"],
    ],
    ["others", rollout({ nginx: { additionalIngressAnnotations: { "canary-by-header": "x" } } }), []],
  ])("%s", async (_name, one, expected) => {
    expect(await asked(one)).toEqual(expected);
  });

  test("a Rollout with pods of its own is their workload", async () => {
    const { spec } = deployment({ pod: podSpec() }) as { spec: Manifest };
    const routing = { alb: { stickinessConfig: { enabled: true } } };
    const own = {
      ...object("argoproj.io/v1alpha1/Rollout", {
        ...spec,
        strategy: { canary: { trafficRouting: routing } },
      }),
    };
    async function* stdin() {
      yield Buffer.from(yaml(own));
    }
    const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
    expect(workloads[0]?.facts.related?.map(({ effect }) => effect)).toMatchObject([{ by: "version" }]);
  });
});

describe("a Service that is not among the manifests", () => {
  const sticky = { "nginx.ingress.kubernetes.io/affinity": "cookie" };

  test("may call the only server, or one of its name", async () => {
    const perhaps = ["client perhaps-these-pods metadata.annotations.nginx.ingress.kubernetes.io/affinity"];
    expect(await asked(ingress(sticky, "front"))).toEqual(perhaps);
    expect(await asked(ingress(sticky, "front"), cronJob({}))).toEqual(perhaps);
    expect(await asked(ingress(sticky, "web"), OTHER)).toEqual(perhaps);
  });

  test("is another's where there are others", async () => {
    expect(await asked(ingress(sticky, "front"), OTHER)).toEqual([]);
    expect(await asked(service(), ingress(sticky, "other"), OTHER)).toEqual([]);
  });
});
