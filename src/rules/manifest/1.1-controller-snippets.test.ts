import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { SnippetEffect } from "../../contract/related-facts.ts";
import { controllerSnippets } from "./1.1-controller-snippets.ts";

const FIELD = "metadata.annotations.nginx.ingress.kubernetes.io/server-snippet";

function check(...does: readonly SnippetEffect["does"][]) {
  const related = does.map((one) => ({
    kind: "Ingress",
    name: "web",
    at: locatedAt("ingress.yaml", 3),
    effect: { is: "snippet", field: FIELD, does: one, directive: "alias" } as const,
  }));
  return controllerSnippets.check({ workload: workloadFacts({ facts: { related } }) });
}

test.each<[SnippetEffect["does"], string]>([
  ["runs-code", "runs a program in a controller"],
  ["leaves-its-place", "leaves its place in the configuration"],
  ["reads-files", "reaches files of a controller"],
])("%s refutes", (does, message) => {
  expect(check("unknown", does)).toMatchObject({
    status: "fail",
    findings: [
      {
        message: { en: expect.stringMatching(`^Ingress web ${message}.* \\(${FIELD}: alias\\)$`) },
        fingerprint: expect.stringContaining(":Ingress:web:metadata.annotations"),
        at: { file: "ingress.yaml", line: 3 },
      },
    ],
  });
});

test("directives of unknown reach leave the row open", () => {
  expect(check("ordinary", "unknown")).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringContaining("whose reach is not known") },
  });
});

test("ordinary directives are noted, and named by their field alone where there is none", () => {
  expect(check("ordinary")).toMatchObject({ status: "pass", notes: [{ at: { line: 3 } }] });
  const effect = { is: "snippet", field: "spec.x", does: "ordinary", directive: "" } as const;
  const related = [{ kind: "Ingress", name: "web", at: locatedAt("x.yaml", 1), effect }];
  expect(controllerSnippets.check({ workload: workloadFacts({ facts: { related } }) })).toMatchObject({
    notes: [{ message: { en: expect.stringMatching(/\(spec\.x\)$/) } }],
  });
});

test("without a snippet, or with other objects, it passes", () => {
  expect(controllerSnippets.check({ workload: workloadFacts() })).toMatchObject({
    status: "pass",
    notes: [],
  });
  const related = [{ kind: "X", name: "x", at: locatedAt("x.yaml", 1), effect: { is: "mutation" } as const }];
  expect(controllerSnippets.check({ workload: workloadFacts({ facts: { related } }) }).status).toBe("pass");
});
