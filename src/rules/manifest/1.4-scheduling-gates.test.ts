import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import { schedulingGates } from "./1.4-scheduling-gates.ts";

function check(pod: Partial<PodSpecFacts>, facts = {}) {
  return schedulingGates.check({ workload: workloadFacts({ ...pod, facts }) });
}

const gates = (...names: string[]) => ({ schedulingGates: names.map((name) => ({ name })) });

test.each<[string, Partial<PodSpecFacts>, object, string]>([
  ["no gate", {}, {}, "pass"],
  ["an empty list", gates(), {}, "pass"],
  ["a gate", gates("example.com/never"), {}, "unproven"],
  ["a gate of a task", gates("a.b/c"), { lifetime: "batch" }, "unproven"],
  ["a gate of a pod of the cluster, which a controller added", gates("a.b/c"), { created: true }, "pass"],
  ["a gate without a name", { schedulingGates: [{}] }, {}, "unproven"],
])("%s", (_, pod, facts, status) => {
  expect(check(pod, facts).status).toBe(status);
});

test("the gates are named, up to three", () => {
  const en = (...names: string[]) => (check(gates(...names)) as { reason: { en: string } }).reason.en;
  expect(en("a.b/c", "d.e/f", "g.h/i")).toMatch(/removes a\.b\/c, d\.e\/f, g\.h\/i$/);
  expect(en("a.b/c", "d.e/f", "g.h/i", "j.k/l")).toMatch(/g\.h\/i, …$/);
});

test("a field that cannot be read leaves it open", () => {
  const invalid = [{ path: "spec.template.spec.schedulingGates", problem: { fr: "x", en: "x" } }];
  expect(check({}, { invalid })).toMatchObject({ status: "unproven", unreadable: true });
});
