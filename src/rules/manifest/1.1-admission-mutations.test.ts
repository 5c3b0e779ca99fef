import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { admissionMutations } from "./1.1-admission-mutations.ts";

function check(related?: readonly RelatedFacts[]) {
  return admissionMutations.check({
    workload: workloadFacts(related === undefined ? {} : { facts: { related } }),
  });
}

function mutation(name: string): RelatedFacts {
  return { kind: "ClusterPolicy", name, at: locatedAt("p.yaml", 4), effect: { is: "mutation" } };
}

test("an object that changes the pods leaves every row of the pods open, and is named", () => {
  expect(check([mutation("a")])).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringContaining("ClusterPolicy a (p.yaml:4) may change the pods") },
  });
});

test("an object that creates others leaves the rows open, too; one that changes pods is named first", () => {
  const creating: RelatedFacts = { ...mutation("b"), effect: { is: "mutation", creates: true } };
  expect(check([creating])).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("ClusterPolicy b (p.yaml:4) creates objects beside the pods") },
  });
  const outcome = check([creating, mutation("a")]);
  expect(outcome).toMatchObject({
    reason: { en: expect.stringContaining("ClusterPolicy a (p.yaml:4) may change") },
  });
});

test("of many, three are named", () => {
  const outcome = check(["a", "b", "c", "d"].map(mutation));
  expect(outcome).toMatchObject({ reason: { en: expect.stringMatching(/policy c \(p\.yaml:4\), … may/i) } });
  expect(JSON.stringify(outcome)).not.toContain("ClusterPolicy d");
});

test("an object without a name is named by its kind", () => {
  expect(check([{ ...mutation(""), kind: "Assign" }])).toMatchObject({
    reason: { en: expect.stringContaining("Assign (p.yaml:4) may") },
  });
});

test.each<[readonly RelatedFacts[] | undefined]>([
  [undefined],
  [[]],
  [[{ ...mutation("a"), effect: { is: "account", automountServiceAccountToken: false } }]],
])("nothing else does: %j", (related) => {
  expect(check(related)).toMatchObject({ status: "pass" });
});
