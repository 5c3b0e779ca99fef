import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { servicePorts } from "./1.3-service-ports.ts";

function check(related: readonly RelatedFacts[]) {
  return servicePorts.check({ workload: workloadFacts({ facts: { related } }) });
}

function service(name: string, ...missingPorts: readonly string[]): RelatedFacts {
  return { kind: "Service", name, at: locatedAt("svc.yaml", 7), effect: { is: "service", missingPorts } };
}

test("a name that no container has leaves the row open", () => {
  expect(check([service("web", "http", "admin")])).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringMatching(/calls: Service web \(svc\.yaml:7\): http, admin$/) },
  });
});

test("of many Services three are named", () => {
  expect(check(["a", "b", "c", "d"].map((name) => service(name, "http")))).toMatchObject({
    reason: { fr: expect.stringMatching(/Service c \(svc\.yaml:7\) : http, …$/) },
  });
});

test.each([[[]], [[{ ...service("web"), effect: { is: "mutation" as const } }]]])(
  "nothing else does",
  (related) => {
    expect(check(related)).toMatchObject({ status: "pass" });
  },
);

test("a workload without objects beside it passes", () => {
  expect(servicePorts.check({ workload: workloadFacts() })).toMatchObject({ status: "pass" });
});
