import { expect, test } from "vitest";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { withoutOperated } from "./operated.ts";

const overlays = { kind: "argoproj.io/Rollout", paths: ["spec.strategy"] };
const facts = workloadFacts({ facts: { overlays } });

test("overlays of a kind that the platform answers for are left out, and named", () => {
  const owned = withoutOperated(facts, ["example.org/Other", "argoproj.io/Rollout"]);
  expect(owned.facts).not.toHaveProperty("overlays");
  expect(owned.operated).toMatchObject({ kind: "argoproj.io/Rollout", file: "web.yaml", line: 1 });
});

test("an object of the API has no file in which it could be named", () => {
  const at = { in: "api", uid: "1" } as const;
  const owned = withoutOperated({ ...facts, at }, ["argoproj.io/Rollout"]);
  expect(owned.facts).not.toHaveProperty("overlays");
  expect(owned.operated).toBeUndefined();
});

test.each<[string, readonly string[]]>([
  ["no kind", []],
  ["the kind without its group", ["Rollout"]],
])("they stay where the policy names %s", (_, kinds) => {
  expect(withoutOperated(facts, kinds)).toEqual({ facts });
});
