import { expect, test } from "vitest";
import type { ServiceFacts } from "../../start/service-variables.ts";
import { serviceObject } from "../../workload/objects/pod-objects.ts";
import { ipFamily } from "./ip-family.ts";

const LABELS = { app: "web", tier: "front" };

function service(spec: object): ServiceFacts {
  const value = {
    metadata: { name: "web" },
    spec: { selector: { app: "web" }, ports: [{ port: 80 }], ...spec },
  };
  const found = serviceObject({ apiVersion: "v1", kind: "Service", value } as never);
  if (found === undefined) throw new Error("no Service");
  return { ...found, address: "10.96.1.1" };
}

const IPV6 = service({ ipFamilies: ["IPv6"] });

test.each([
  ["a Service of IPv6 alone", [IPV6], "IPv6"],
  ["the same, and its policy", [service({ ipFamilies: ["IPv6"], ipFamilyPolicy: "SingleStack" })], "IPv6"],
  ["beside one that calls others", [IPV6, service({ selector: { app: "db" } })], "IPv6"],
  ["beside one of IPv4", [IPV6, service({ ipFamilies: ["IPv4"] })], undefined],
  [
    "of two families",
    [service({ ipFamilies: ["IPv6", "IPv4"], ipFamilyPolicy: "RequireDualStack" })],
    undefined,
  ],
  ["of a policy of two", [service({ ipFamilies: ["IPv6"], ipFamilyPolicy: "PreferDualStack" })], undefined],
  ["that does not say", [service({})], undefined],
  ["that calls others", [service({ ipFamilies: ["IPv6"], selector: { app: "db" } })], undefined],
  ["that calls nobody by labels", [service({ ipFamilies: ["IPv6"], selector: undefined })], undefined],
  ["whose labels cannot be read", [service({ ipFamilies: ["IPv6"], selector: { app: 1 } })], undefined],
  ["none", [], undefined],
] as const)("%s: %j → %s", (_, services, family) => {
  expect(ipFamily(services, LABELS)).toBe(family);
});
