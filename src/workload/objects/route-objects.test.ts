import { expect, test } from "vitest";
import { isRoute, routeObjects } from "./route-objects.ts";

const V1 = "networking.k8s.io/v1";
const GATEWAY = "gateway.networking.k8s.io/v1";
const WEB = { service: { name: "web", port: { number: 80 } } };

function routes(apiVersion: string, kind: string, spec: unknown, metadata: object = {}): readonly string[] {
  const value = { metadata: { name: "r", ...metadata }, spec };
  return routeObjects({ apiVersion, kind, value, path: [] }).map(
    ({ namespace, host, service, port }) => `${namespace ?? "-"} ${host} ${service}:${port ?? "-"}`,
  );
}

function ingress(host: unknown, backend: unknown): unknown {
  return { rules: [{ host, http: { paths: [{ path: "/", backend }] } }] };
}

test.each<[string, string, string, unknown, readonly string[]]>([
  ["a host of an Ingress", V1, "Ingress", ingress("a.example", WEB), ["- a.example web:80"]],
  [
    "a port by name",
    V1,
    "Ingress",
    ingress("a.example", { service: { name: "web", port: { name: "http" } } }),
    ["- a.example web:http"],
  ],
  [
    "a backend of extensions/v1beta1",
    "extensions/v1beta1",
    "Ingress",
    ingress("a.example", { serviceName: "web", servicePort: 80 }),
    ["- a.example web:80"],
  ],
  ["capitals", V1, "Ingress", ingress("A.Example", WEB), ["- a.example web:80"]],
  ["a wildcard", V1, "Ingress", ingress("*.a.example", WEB), ["- *.a.example web:80"]],
  ["a rule for every host", V1, "Ingress", ingress(undefined, WEB), []],
  ["a placeholder of a template", V1, "Ingress", ingress("${HOST}", WEB), []],
  ["a host with a line end", V1, "Ingress", ingress("a.example\r\nX: y", WEB), []],
  ["a host that is too long", V1, "Ingress", ingress(`${"a.".repeat(130)}example`, WEB), []],
  ["a backend that is no Service", V1, "Ingress", ingress("a.example", { resource: { name: "web" } }), []],
  ["an Ingress of another group", "example.org/v1", "Ingress", ingress("a.example", WEB), []],
  ["no spec", V1, "Ingress", undefined, []],
  ["rules that are no list", V1, "Ingress", { rules: "a" }, []],
  [
    "host names of an HTTPRoute",
    GATEWAY,
    "HTTPRoute",
    { hostnames: ["a.example", "b.example"], rules: [{ backendRefs: [{ name: "web", port: 80 }] }] },
    ["- a.example web:80", "- b.example web:80"],
  ],
  [
    "backends of another kind, and of another namespace",
    GATEWAY,
    "HTTPRoute",
    {
      hostnames: ["a.example"],
      rules: [
        { backendRefs: [{ name: "x", kind: "Bucket" }, { name: "y", namespace: "z" }, { name: "web" }] },
      ],
    },
    ["- a.example web:-"],
  ],
  [
    "a proxy of Contour",
    "projectcontour.io/v1",
    "HTTPProxy",
    { virtualhost: { fqdn: "a.example" }, routes: [{ services: [{ name: "web", port: 80 }] }] },
    ["- a.example web:80"],
  ],
  [
    "a rule of Traefik",
    "traefik.io/v1alpha1",
    "IngressRoute",
    {
      routes: [
        {
          match: "Host(`a.example`, `b.example`) && PathPrefix(`/`)",
          services: [
            { name: "web", port: 80 },
            { name: "w", kind: "TraefikService" },
          ],
        },
        { match: "HostRegexp(`.+`)", services: [{ name: "web", port: 80 }] },
      ],
    },
    ["- a.example web:80", "- b.example web:80"],
  ],
  [
    "a Route of OpenShift, whose port is of the pods",
    "route.openshift.io/v1",
    "Route",
    { host: "a.example", to: { kind: "Service", name: "web" }, port: { targetPort: 8080 } },
    ["- a.example web:-"],
  ],
])("hosts and Services: %s", (_, apiVersion, kind, spec, expected) => {
  expect(routes(apiVersion, kind, spec)).toEqual(expected);
});

test("the namespace is the route's", () => {
  expect(routes(V1, "Ingress", ingress("a.example", WEB), { namespace: "shop" })).toEqual([
    "shop a.example web:80",
  ]);
});

test("hosts and backends of one object are bounded", () => {
  const hostnames = Array.from({ length: 100 }, (_, at) => `h${at}.example`);
  const backendRefs = Array.from({ length: 100 }, (_, at) => ({ name: `s${at}` }));
  expect(routes(GATEWAY, "HTTPRoute", { hostnames, rules: [{ backendRefs }] })).toHaveLength(200);
});

test("kinds that are read are told from others of their name", () => {
  const kinds = [`${V1} Ingress`, `${GATEWAY} GRPCRoute`, "example.org/v1 Route", "v1 Service"];
  const read = kinds.filter((one) => {
    const [apiVersion = "", kind = ""] = one.split(" ");
    return isRoute({ apiVersion, kind });
  });
  expect(read).toEqual([`${V1} Ingress`, `${GATEWAY} GRPCRoute`]);
});
