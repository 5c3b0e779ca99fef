import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { givenObjectsOf } from "../../workload/given-objects.ts";
import { directPorts } from "./direct-ports.ts";
import { namespaceObjects } from "./namespace-objects.ts";

function object(kind: string, name: string, spec: object, metadata: object = {}): object {
  const apiVersion = kind === "Service" ? "v1" : "monitoring.coreos.com/v1";
  return { apiVersion, kind, metadata: { name, namespace: "shop", ...metadata }, spec };
}

function service(spec: object = {}, metadata: object = {}): object {
  const own = { selector: { app: "web" }, clusterIP: "None", ports: [{ port: 9_000 }], ...spec };
  return object("Service", "web", own, metadata);
}

const MATCHING = { selector: { matchLabels: { app: "web" } } };

function podMonitor(endpoint: object, spec: object = {}, metadata: object = {}): object {
  return object("PodMonitor", "web", { ...MATCHING, podMetricsEndpoints: [endpoint], ...spec }, metadata);
}

function serviceMonitor(endpoint: object, spec: object = {}): object {
  const selector = { matchLabels: { team: "a" } };
  return object("ServiceMonitor", "web", { selector, endpoints: [endpoint], ...spec });
}

const LABELLED = service({ clusterIP: undefined, ports: [{ port: 80 }] }, { labels: { team: "a", size: 3 } });

function ports(objects: readonly object[], annotations: Readonly<Record<string, string>> = {}) {
  const text = objects.map((one) => JSON.stringify(one)).join("\n---\n");
  const { pod } = workloadFacts({
    containers: [{ name: "web", ports: [{ name: "metrics", containerPort: 9_100 }] }],
    pod: { labels: { app: "web" }, annotations },
  });
  return directPorts(namespaceObjects(givenObjectsOf(Buffer.from(text)), "shop"), pod);
}

test.each<[string, readonly object[], readonly number[]]>([
  ["a headless Service", [service()], [9_000]],
  ["a headless Service with a target", [service({ ports: [{ port: 80, targetPort: 9_001 }] })], [9_001]],
  [
    "a headless Service with a named target",
    [service({ ports: [{ port: 80, targetPort: "metrics" }] })],
    [9_100],
  ],
  ["a headless Service over UDP", [service({ ports: [{ port: 53, protocol: "UDP" }] })], []],
  ["a headless Service of other pods", [service({ selector: { app: "db" } })], []],
  ["a headless Service of another namespace", [service({}, { namespace: "other" })], []],
  ["a Service with an address, which counts elsewhere", [service({ clusterIP: undefined })], []],
  ["a PodMonitor by targetPort", [podMonitor({ targetPort: 9_000 })], [9_000]],
  ["a PodMonitor by portNumber", [podMonitor({ portNumber: 9_000 })], [9_000]],
  ["a PodMonitor by name, which is a declared port's", [podMonitor({ port: "metrics" })], []],
  ["a PodMonitor without an endpoint", [podMonitor({}, { podMetricsEndpoints: "none" })], []],
  ["a PodMonitor without a port", [podMonitor({ targetPort: 0 })], []],
  ["a PodMonitor of an unreadable endpoint", [podMonitor([])], []],
  ["a PodMonitor of any pod", [podMonitor({ portNumber: 9_000 }, { selector: {} })], [9_000]],
  [
    "a PodMonitor with expressions, which may choose the pod",
    [
      podMonitor(
        { portNumber: 9_000 },
        { selector: { matchExpressions: [], matchLabels: { app: "web", x: 1 } } },
      ),
    ],
    [9_000],
  ],
  [
    "a PodMonitor of other pods",
    [podMonitor({ targetPort: 9_000 }, { selector: { matchLabels: { app: "db" } } })],
    [],
  ],
  ["a PodMonitor of another namespace", [podMonitor({ targetPort: 9_000 }, {}, { namespace: "other" })], []],
  [
    "a PodMonitor of another namespace, for any",
    [podMonitor({ targetPort: 9_000 }, { namespaceSelector: { any: true } }, { namespace: "other" })],
    [9_000],
  ],
  [
    "a PodMonitor of another namespace, for this one",
    [
      podMonitor(
        { targetPort: 9_000 },
        { namespaceSelector: { matchNames: ["shop", 1] } },
        { namespace: "other" },
      ),
    ],
    [9_000],
  ],
  [
    "a PodMonitor for another namespace",
    [podMonitor({ targetPort: 9_000 }, { namespaceSelector: { matchNames: ["other"] } })],
    [],
  ],
  [
    "a PodMonitor with an empty namespaceSelector, without a namespace",
    [podMonitor({ targetPort: 9_000 }, { namespaceSelector: {} }, { namespace: undefined })],
    [9_000],
  ],
  ["a ServiceMonitor of its Service", [LABELLED, serviceMonitor({ targetPort: 9_000 })], [9_000]],
  ["a ServiceMonitor by the Service's port", [LABELLED, serviceMonitor({ port: "http" })], []],
  ["a ServiceMonitor of no Service", [serviceMonitor({ targetPort: 9_000 })], []],
  [
    "a ServiceMonitor of a Service without a selector",
    [
      service({ clusterIP: undefined, selector: undefined }, { labels: { team: "a" } }),
      serviceMonitor({ targetPort: 9_000 }),
    ],
    [],
  ],
  [
    "a ServiceMonitor of other labels",
    [LABELLED, serviceMonitor({ targetPort: 9_000 }, { selector: { matchLabels: { team: "b" } } })],
    [],
  ],
  [
    "a ServiceMonitor of another namespace's Service",
    [service({}, { labels: { team: "a" }, namespace: "other" }), serviceMonitor({ targetPort: 9_000 })],
    [],
  ],
])("ports of %s", (_, objects, expected) => {
  expect(ports(objects)).toEqual(expected);
});

test.each<[string, Readonly<Record<string, string>>, readonly number[]]>([
  ["the port", { "prometheus.io/scrape": "true", "prometheus.io/port": "9000" }, [9_000]],
  ["no port", { "prometheus.io/scrape": "true" }, []],
  ["a port that is none", { "prometheus.io/scrape": "true", "prometheus.io/port": "99999" }, []],
  ["a text", { "prometheus.io/scrape": "true", "prometheus.io/port": "metrics" }, []],
  ["a port that is not scraped", { "prometheus.io/scrape": "false", "prometheus.io/port": "9000" }, []],
  ["a port alone", { "prometheus.io/port": "9000" }, []],
])("annotations with %s", (_, annotations, expected) => {
  expect(ports([], annotations)).toEqual(expected);
});

test("each port once, in their order", () => {
  const annotations = { "prometheus.io/scrape": "true", "prometheus.io/port": "9000" };
  const objects = [service(), podMonitor({ targetPort: 9_000, portNumber: 80 })];
  expect(ports(objects, annotations)).toEqual([80, 9_000]);
});
