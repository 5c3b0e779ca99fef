import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ApiExtensionEffect } from "../../contract/related-facts.ts";
import { apiExtensions } from "./1.1-api-extensions.ts";

const SENT: ApiExtensionEffect = {
  is: "api-extension",
  by: "admission",
  field: "webhooks[0].clientConfig.service",
  resources: ["secrets", "pods"],
  owner: "others",
  target: "these-pods",
};

function check(...effects: readonly Partial<ApiExtensionEffect>[]) {
  const related = effects.map((effect) => ({
    kind: "ValidatingWebhookConfiguration",
    name: "w",
    at: locatedAt("w.yaml", 3),
    effect: { ...SENT, ...effect },
  }));
  return apiExtensions.check({ workload: workloadFacts({ facts: { related } }) });
}

test("objects of others that reach these pods refute, with what they are and what the pods may do", () => {
  expect(check({})).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          en: "ValidatingWebhookConfiguration w (webhooks[0].clientConfig.service) hands these pods objects of other applications or of the cluster (secrets, pods), which the application may refuse",
        },
        fingerprint: expect.stringContaining(":w:webhooks"),
        at: { file: "w.yaml", line: 3 },
      },
    ],
  });
  expect(check({ changes: true, resources: [] })).toMatchObject({
    findings: [{ message: { en: expect.stringContaining("(admission), which the application may change") } }],
  });
});

test.each<[Partial<ApiExtensionEffect>, string]>([
  [{ owner: "perhaps-others" }, "of which the manifests do not say whether they are the application's"],
  [{ target: "perhaps-these-pods" }, "to a Service or a URL that these pods may be behind"],
  [{ owner: "perhaps-others", target: "perhaps-these-pods" }, "that these pods may be behind"],
])("%j is not known", (effect, reason) => {
  expect(check(effect)).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringContaining(reason) },
  });
});

test("objects of others refute beside those that are not known", () => {
  expect(check({ owner: "perhaps-others" }, {})).toMatchObject({ status: "fail", findings: [{}] });
});

test.each(["these-pods", "perhaps-these-pods"] as const)("a kind of its own is noted for %s", (target) => {
  expect(check({ owner: "own-kinds", by: "conversion", target })).toMatchObject({
    status: "pass",
    notes: [
      { message: { en: expect.stringContaining("of every namespace, of a kind that the manifests define") } },
    ],
  });
});

test("its own namespace, other objects and none at all pass", () => {
  expect(check({ owner: "own-namespace" })).toMatchObject({ status: "pass", notes: [] });
  expect(apiExtensions.check({ workload: workloadFacts() })).toMatchObject({ status: "pass", notes: [] });
  const related = [{ kind: "X", name: "x", at: locatedAt("x.yaml", 1), effect: { is: "mutation" } as const }];
  expect(apiExtensions.check({ workload: workloadFacts({ facts: { related } }) }).status).toBe("pass");
});
