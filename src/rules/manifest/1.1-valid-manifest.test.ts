import { expect, test } from "vitest";
import { judgedPod } from "../../../test/fixtures/restricted.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { validManifest } from "./1.1-valid-manifest.ts";

test("accepted: a manifest without an invalid field", () => {
  expect(judgedPod(validManifest, {})).toEqual({
    status: "pass",
    proof: {
      fr: "aucun champ que Kubernetes refuserait n'a été trouvé",
      en: "no field was found that Kubernetes would refuse",
    },
  });
});

function reasonOf(invalid: readonly string[]): string | undefined {
  const outcome = judgedPod(validManifest, { invalid });
  return outcome.status === "unproven" ? outcome.reason.en : undefined;
}

test.each([
  [["metadata.name"], /metadata\.name[^;]*$/],
  [["spec.replicas", "spec.selector"], /spec\.replicas.*; likewise spec\.selector$/],
  [["a", "b", "b", "c", "d", "e", "f"], /; likewise b, c, d, e and 1 more fields$/],
])("open: %j", (invalid, reason) => {
  expect(reasonOf(invalid)).toMatch(reason);
});

test("the row stays open whatever the other rules show", () => {
  expect(judgedPod(validManifest, { invalid: ["spec.replicas"] })).toMatchObject({
    status: "unproven",
    unreadable: true,
  });
});

test("open: a value that Kubernetes refuses, too", () => {
  const problem = { fr: "spec.replicas refusé", en: "spec.replicas refused" };
  const workload = workloadFacts({ facts: { refused: [{ path: "spec.replicas", problem }] } });
  expect(validManifest.check({ workload })).toMatchObject({ status: "unproven", reason: problem });
});
