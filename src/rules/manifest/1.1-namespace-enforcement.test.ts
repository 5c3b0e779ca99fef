import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { namespaceEnforcement } from "./1.1-namespace-enforcement.ts";

function check(level?: string, version?: string) {
  const effect = {
    is: "enforcement" as const,
    ...(level === undefined ? {} : { level }),
    ...(version === undefined ? {} : { version }),
  };
  const related = [{ kind: "Namespace", name: "portal", at: locatedAt("ns.yaml", 2), effect }];
  return namespaceEnforcement.check({ workload: workloadFacts({ facts: { related } }) });
}

test.each(["privileged", "baseline"])("%s is lower than the contract's profile", (level) => {
  expect(check(level)).toMatchObject({
    status: "fail",
    findings: [
      {
        fingerprint: `1.1-namespace-enforcement:portal/Deployment/web:portal:${level}`,
        message: { en: expect.stringContaining(`Namespace portal lowers the enforced profile to ${level}`) },
        at: { file: "ns.yaml", line: 2 },
      },
    ],
  });
});

test("a level that Kubernetes does not have is not known to be enforced", () => {
  expect(check("Restricted")).toMatchObject({ status: "unproven", doubtful: true });
});

test("an old version's checks are noted", () => {
  expect(check("restricted", "v1.20")).toMatchObject({
    status: "pass",
    notes: [{ message: { en: expect.stringContaining("version v1.20") } }],
  });
});

test.each([
  ["restricted", undefined],
  ["restricted", "latest"],
  [undefined, "latest"],
])("%s of %s lowers nothing", (level, version) => {
  const outcome = check(level, version);
  expect(outcome).toMatchObject({ status: "pass", notes: [] });
});

test("without a Namespace among the manifests the platform's own default holds", () => {
  expect(namespaceEnforcement.check({ workload: workloadFacts() })).toMatchObject({ status: "pass" });
});

test("objects of other kinds enforce nothing", () => {
  const related = [{ kind: "X", name: "x", at: locatedAt("x.yaml", 1), effect: { is: "mutation" } as const }];
  expect(namespaceEnforcement.check({ workload: workloadFacts({ facts: { related } }) })).toMatchObject({
    status: "pass",
    notes: [],
  });
});
