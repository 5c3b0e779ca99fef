import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { givenObjectsOf } from "../../workload/given-objects.ts";
import { ingressHosts } from "./ingress-hosts.ts";
import { namespaceObjects } from "./namespace-objects.ts";

const SERVICE = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: 8080 }, { port: 9090 }] },
};

function service(spec: object, name = "web"): object {
  return { ...SERVICE, metadata: { name }, spec: { ...SERVICE.spec, ...spec } };
}

function ingress(hosts: readonly string[], port: object = { number: 80 }, metadata: object = {}): object {
  const paths = [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port } } }];
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", ...metadata },
    spec: { rules: hosts.map((host) => ({ host, http: { paths } })) },
  };
}

function hosts(...objects: readonly object[]): readonly string[] {
  const text = objects.map((one) => JSON.stringify(one)).join("\n---\n");
  const containers = [{ name: "web", ports: [{ name: "http", containerPort: 8080 }] }];
  const workload = workloadFacts({ containers, pod: { labels: { app: "web" } } });
  const found = namespaceObjects(givenObjectsOf(Buffer.from(text)), "shop");
  return ingressHosts(found, workload).map(({ port, host }) => `${port} ${host}`);
}

test.each<[string, readonly object[], readonly string[]]>([
  ["an Ingress", [SERVICE, ingress(["a.example"])], ["8080 a.example"]],
  ["an Ingress before its Service", [ingress(["a.example"]), SERVICE], ["8080 a.example"]],
  ["a port by its name", [SERVICE, ingress(["a.example"], { name: "http" })], ["8080 a.example"]],
  ["a port that the Service has not", [SERVICE, ingress(["a.example"], { number: 81 })], []],
  ["another port alone", [SERVICE, ingress(["a.example"], { number: 9090 })], ["9090 a.example"]],
  ["every port", [SERVICE, ingress(["a.example"], {})], ["8080 a.example", "9090 a.example"]],
  ["the first of two", [SERVICE, ingress(["b.example", "a.example"])], ["8080 b.example"]],
  ["a wildcard last", [SERVICE, ingress(["*.b.example", "a.example"])], ["8080 a.example"]],
  ["a wildcard alone: any label", [SERVICE, ingress(["*.b.example"])], ["8080 www.b.example"]],
  ["a headless Service", [service({ clusterIP: "None" }), ingress(["a.example"])], ["8080 a.example"]],
  ["a Service of other pods", [service({ selector: { app: "db" } }), ingress(["a.example"])], []],
  ["a Service of UDP", [service({ ports: [{ port: 80, protocol: "UDP" }] }), ingress(["a.example"])], []],
  ["another Service", [service({}, "other"), ingress(["a.example"])], []],
  [
    "an Ingress of another namespace",
    [SERVICE, ingress(["a.example"], { number: 80 }, { namespace: "other" })],
    [],
  ],
  ["a Service without an Ingress", [SERVICE], []],
])("hosts by which users call a pod's ports: %s", (_, objects, expected) => {
  expect(hosts(...objects)).toEqual(expected);
});
