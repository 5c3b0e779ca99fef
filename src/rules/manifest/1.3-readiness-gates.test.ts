import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import { readinessGates } from "./1.3-readiness-gates.ts";

function check(pod: Partial<PodSpecFacts>, facts = {}) {
  return readinessGates.check({ workload: workloadFacts({ ...pod, facts }) });
}

const gates = (...types: string[]) => ({
  readinessGates: types.map((conditionType) => ({ conditionType })),
});

test.each<[string, Partial<PodSpecFacts>, object, string]>([
  ["no gate", {}, {}, "pass"],
  ["an empty list", gates(), {}, "pass"],
  ["a gate", gates("example.com/ready"), {}, "unproven"],
  ["a gate of a pod of the cluster, which a controller added", gates("a.b/c"), { created: true }, "pass"],
  ["a gate of a task", gates("a.b/c"), { lifetime: "batch" }, "n/a"],
  ["a gate without a condition", { readinessGates: [{}] }, {}, "unproven"],
])("%s", (_, pod, facts, status) => {
  expect(check(pod, facts).status).toBe(status);
});

test("the conditions are named, up to three", () => {
  const en = (...types: string[]) => (check(gates(...types)) as { reason: { en: string } }).reason.en;
  expect(en("a.b/c", "d.e/f", "g.h/i")).toMatch(/sets a\.b\/c, d\.e\/f, g\.h\/i$/);
  expect(en("a.b/c", "d.e/f", "g.h/i", "j.k/l")).toMatch(/g\.h\/i, …$/);
});

test("a field that cannot be read leaves it open", () => {
  const invalid = [{ path: "spec.template.spec.readinessGates", problem: { fr: "x", en: "x" } }];
  expect(check({}, { invalid })).toMatchObject({ status: "unproven", unreadable: true });
});
