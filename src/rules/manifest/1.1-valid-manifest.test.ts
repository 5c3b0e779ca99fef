import { expect, test } from "vitest";
import { judgedPod } from "../../../test/fixtures/restricted.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { validManifest } from "./1.1-valid-manifest.ts";

test("accepted: a manifest without an invalid field", () => {
  expect(judgedPod(validManifest, {})).toEqual({
    status: "pass",
    notes: [],
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
  [["a", "b", "b", "c", "d", "e", "f"], /; likewise b, c, d, e and 1 more$/],
  [["a", "b", "c", "d", "e", "f", "g"], /; likewise b, c, d, e and 2 more$/],
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

test.each([{}, { refused: [{ path: "spec.replicas", problem: { fr: "non", en: "no" } }] }])(
  "noted: a field that Kubernetes does not have, beside %j",
  (facts) => {
    const workload = workloadFacts({ facts: { ...facts, unknown: ["spec.replicaz"] } });
    expect(validManifest.check({ workload }).notes).toEqual([
      {
        message: {
          fr: "Kubernetes n'a pas de champ spec.replicaz : kubectl refuse le manifeste, d'autres clients ignorent le champ",
          en: "Kubernetes has no field spec.replicaz: kubectl refuses the manifest, other clients ignore the field",
        },
        fingerprint: "1.1-valid-manifest:portal/Deployment/web:spec.replicaz",
        at: { file: "web.yaml", path: "spec.replicaz" },
      },
    ]);
  },
);
