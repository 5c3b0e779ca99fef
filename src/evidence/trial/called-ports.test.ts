import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { ServiceFacts } from "../../start/service-variables.ts";
import { callsDeclaredPorts, portsCalled, selects, undeclaredPorts } from "./called-ports.ts";

const WEB: ContainerFacts = { name: "web", ports: [{ name: "http", containerPort: 8_080 }] };

function service(targetPort?: number | string, changes: Partial<ServiceFacts> = {}): ServiceFacts {
  const target = targetPort === undefined ? {} : { targetPort };
  const ports = [{ port: 80, protocol: "TCP", ...target }] as const;
  return { name: "web", address: "10.96.1.1", selector: { app: "web" }, ports, ...changes };
}

describe("the ports of a pod that a Service calls", () => {
  const sidecar = { name: "proxy", restartPolicy: "Always", ports: [{ name: "tls", containerPort: 8_443 }] };
  const setUp = { name: "setup", ports: [{ name: "once", containerPort: 1 }] };
  const { spec } = workloadFacts({ containers: [WEB], initContainers: [sidecar, setUp] }).pod;

  test.each<[string, ServiceFacts, readonly string[]]>([
    ["its own number where it says no other", service(), ["80/TCP"]],
    ["a number", service(9_090), ["9090/TCP"]],
    ["a name", service("http"), ["8080/TCP"]],
    ["a sidecar's name", service("tls"), ["8443/TCP"]],
    ["a name of an init container, which has ended", service("once"), []],
    ["a name that no container has", service("nope"), []],
    [
      "a name of another protocol",
      service(undefined, { ports: [{ port: 53, protocol: "UDP", targetPort: "http" }] }),
      [],
    ],
    ["UDP", service(undefined, { ports: [{ port: 53, protocol: "UDP" }] }), ["53/UDP"]],
    ["no port at all", service(70_000), []],
  ])("%s", (_, one, ports) => {
    expect(portsCalled(one, spec).map(({ port, protocol }) => `${port}/${protocol}`)).toEqual(ports);
  });
});

test.each<[string, ServiceFacts, boolean]>([
  ["a port that is declared", service(8_080), true],
  ["its name", service("http"), true],
  ["one that is not", service(9_090), false],
  ["a name that no container has", service("nope"), false],
  ["the same number by UDP", service(undefined, { ports: [{ port: 8_080, protocol: "UDP" }] }), false],
])("whether a Service calls declared ports alone: %s", (_, one, expected) => {
  expect(callsDeclaredPorts(one, workloadFacts({ containers: [WEB] }).pod.spec)).toBe(expected);
});

test.each<[string, ServiceFacts["selector"], boolean]>([
  ["its labels", { app: "web" }, true],
  ["some of them", { app: "web", tier: "front" }, true],
  ["another value", { app: "db" }, false],
  ["a label more", { app: "web", x: "y" }, false],
  ["a name of every object", { constructor: "web" }, false],
])("a selector of %s", (_, selector, isCalled) => {
  expect(selects(selector === undefined ? {} : { selector }, { app: "web", tier: "front" })).toBe(isCalled);
});

test("a Service without a selector calls nobody that its manifest names", () => {
  expect(selects({}, { app: "web" })).toBe(false);
});

describe("the ports that Services call and no container declares", () => {
  const pod = (containers: readonly ContainerFacts[], labels = { app: "web" }) =>
    workloadFacts({ containers, pod: { labels } });
  const bare = { name: "web" };

  test.each<[string, readonly ContainerFacts[], readonly ServiceFacts[], string, readonly number[]]>([
    ["declared", [WEB], [service(8_080)], "web", []],
    [
      "declared by a probe",
      [{ name: "web", readinessProbe: { tcpSocket: { port: 9_090 } } }],
      [service(9_090)],
      "web",
      [],
    ],
    [
      "declared by a neighbour",
      [WEB, { name: "two", ports: [{ containerPort: 9_090 }] }],
      [service(9_090)],
      "web",
      [],
    ],
    ["undeclared", [WEB], [service(9_090)], "web", [9_090]],
    ["undeclared, where nothing is", [bare], [service(9_090)], "web", [9_090]],
    [
      "of the container that declares some",
      [bare, { ...WEB, name: "two" }],
      [service(9_090)],
      "two",
      [9_090],
    ],
    ["and of no other", [bare, { ...WEB, name: "two" }], [service(9_090)], "web", []],
    ["of two Services", [WEB], [service(9_090), service(9_091, { name: "b" })], "web", [9_090, 9_091]],
    ["of a Service that calls others", [WEB], [service(9_090, { selector: { app: "db" } })], "web", []],
    ["of a container without a name", [{}], [service(9_090)], "web", []],
  ])("%s", (_, containers, services, container, ports) => {
    expect(undeclaredPorts(services, pod(containers), container).map(({ port }) => port)).toEqual(ports);
  });
});
