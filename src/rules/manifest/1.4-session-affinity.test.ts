import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { AffinityEffect } from "../../contract/related-facts.ts";
import { sessionAffinity } from "./1.4-session-affinity.ts";

function check(...effects: readonly Partial<AffinityEffect>[]) {
  const related = effects.map((one) => ({
    kind: "Service",
    name: "web",
    at: locatedAt("svc.yaml", 3),
    effect: {
      is: "affinity",
      field: "spec.sessionAffinity",
      value: "ClientIP",
      by: "client",
      binds: "these-pods",
      ...one,
    } as const,
  }));
  return sessionAffinity.check({ workload: workloadFacts({ facts: { related } }) });
}

test("a client that is bound to one of these pods refutes", () => {
  expect(check({})).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          en: expect.stringContaining(
            "Service web asks for sticky sessions (spec.sessionAffinity: ClientIP)",
          ),
        },
        fingerprint: expect.stringContaining(":Service:web:spec.sessionAffinity"),
        at: { file: "svc.yaml", line: 3 },
      },
    ],
  });
});

test("a field that is a mapping is named alone", () => {
  const message = { en: expect.stringContaining("(spec.sticky)") };
  expect(check({ field: "spec.sticky", value: "" })).toMatchObject({ findings: [{ message }] });
});

test.each<[Partial<AffinityEffect>, string]>([
  [{ binds: "perhaps-these-pods" }, "a Service that is not among the manifests"],
  [{ by: "header" }, "chooses the pod by a header"],
  [{ by: "header", binds: "perhaps-these-pods" }, "chooses the pod by a header"],
])("%j is not known", (effect, reason) => {
  expect(check(effect)).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringContaining(reason) },
  });
});

test("a certain request refutes beside one that is not known", () => {
  expect(check({ by: "header" }, {})).toMatchObject({ status: "fail", findings: [{}] });
});

test.each<[Partial<AffinityEffect>, string]>([
  [{ by: "content" }, "their content decides"],
  [{ by: "content", binds: "perhaps-these-pods" }, "their content decides"],
  [{ by: "version" }, "at one version during a rollout"],
  [{ binds: "nothing" }, "nothing applies to a headless Service"],
  [{ by: "header", binds: "nothing" }, "nothing applies to a headless Service"],
])("%j is noted", (effect, message) => {
  expect(check(effect)).toMatchObject({
    status: "pass",
    notes: [{ message: { en: expect.stringContaining(message) } }],
  });
});

test("a workload without such an object, or with others, passes", () => {
  expect(sessionAffinity.check({ workload: workloadFacts() })).toMatchObject({ status: "pass" });
  const related = [{ kind: "X", name: "x", at: locatedAt("x.yaml", 1), effect: { is: "mutation" } as const }];
  expect(sessionAffinity.check({ workload: workloadFacts({ facts: { related } }) })).toMatchObject({
    status: "pass",
    notes: [],
  });
});
