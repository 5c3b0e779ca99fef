import { expect, test } from "vitest";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { covers } from "./acceptance-scope.ts";
import type { RawWorkload } from "./workload-facts.ts";

const WEB = { namespace: "shop", kind: "Deployment", name: "web" };
const OF_WEB = { controller: { kind: "Deployment", name: "web" } };

test.each<[string, Partial<RawWorkload>, boolean]>([
  ["a pod of the workload, as admission knows", OF_WEB, true],
  ["a pod of nobody", {}, false],
  ["a pod of another workload", { controller: { kind: "Deployment", name: "api" } }, false],
  ["a pod of another kind of the same name", { controller: { kind: "StatefulSet", name: "web" } }, false],
  ["a pod in another namespace", { ...OF_WEB, namespace: "other" }, false],
])("an acceptance for a workload and %s", (_, facts, does) => {
  const workload = workloadFacts({ facts: { kind: "Pod", name: "pod-*", namespace: "shop", ...facts } });
  expect(covers({ workload: WEB }, { workload })).toBe(does);
});

test("an acceptance for a workload does not cover an image alone", () => {
  expect(covers({ workload: WEB }, {})).toBe(false);
});
