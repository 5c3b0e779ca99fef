import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { podOverlays } from "./1.1-pod-overlays.ts";

function check(...paths: readonly string[]) {
  const facts = paths.length === 0 ? {} : { overlays: { kind: "argoproj.io/Rollout", paths } };
  return podOverlays.check({ workload: workloadFacts({ facts }) });
}

test("fields beside the template leave the rows of the pods open, and are named", () => {
  expect(check("spec.strategy.canary.canaryMetadata.labels.x")).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: {
      en: expect.stringMatching(
        /the controller of argoproj\.io\/Rollout changes the pods beside the template that is judged: spec\.strategy\.\S+\.labels\.x$/,
      ),
    },
  });
});

test("of many, three are named", () => {
  expect(check("a", "b", "c", "d")).toMatchObject({ reason: { fr: expect.stringMatching(/: a, b, c, …$/) } });
});

test("without such fields, the rule passes", () => {
  expect(check().status).toBe("pass");
});

test("a kind that nobody knows leaves it open, in words of its own", () => {
  const overlays = { kind: "x.example.com/Whatever", paths: ["spec.template"], isUnknown: true } as const;
  const outcome = podOverlays.check({ workload: workloadFacts({ facts: { overlays } }) });
  expect(outcome).toMatchObject({ status: "unproven", doubtful: true });
  expect(outcome).toMatchObject({
    reason: {
      en: "nothing tells what the controller of x.example.com/Whatever adds to the pods of the template that is judged: spec.template",
    },
  });
});
