import { expect, test } from "vitest";
import type { ServiceFacts, ServicePort } from "../start/service-variables.ts";
import { serviceForwards } from "./service-forwards.ts";

function service(name: string, ...ports: readonly [ServicePort, ...ServicePort[]]): ServiceFacts {
  return { name, address: "10.96.1.1", ports };
}

const HTTP: ServicePort = { port: 80, protocol: "TCP", targetPort: 8_080 };
const NAMED: ServicePort = { port: 80, protocol: "TCP", targetPort: "http" };

test.each<[string, string, readonly number[], ServiceFacts, readonly unknown[]]>([
  ["of another number", "api", [8_080], service("api", HTTP), [{ port: 80, to: 8_080 }]],
  [
    "by its namespace",
    "api.shop.svc.cluster.local",
    [8_080],
    service("api", HTTP),
    [{ port: 80, to: 8_080 }],
  ],
  ["in capitals", "API", [8_080], service("api", HTTP), [{ port: 80, to: 8_080 }]],
  ["by the name of the only port", "api", [8_080], service("api", NAMED), [{ port: 80, to: 8_080 }]],
  ["by a name among several ports", "api", [8_080, 9_090], service("api", NAMED), []],
  ["that the dependency has itself", "api", [80, 8_080], service("api", HTTP), []],
  ["to a port that it does not have", "api", [9_090], service("api", HTTP), []],
  ["of the same number", "api", [80], service("api", { port: 80, protocol: "TCP" }), []],
  ["of UDP", "api", [8_080], service("api", { ...HTTP, protocol: "UDP" }), []],
  ["of another Service", "api", [8_080], service("web", HTTP), []],
  ["of another namespace", "api.other.svc", [8_080], service("api", HTTP), []],
])("ports of a Service %s", (_, name, ports, one, expected) => {
  expect(serviceForwards({ name, ports }, [one], "shop")).toEqual(expected);
});

test("without Services, a dependency has its own ports only", () => {
  expect(serviceForwards({ name: "api", ports: [80] }, [], undefined)).toEqual([]);
});
