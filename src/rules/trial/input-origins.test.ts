import { expect, test } from "vitest";
import { IMAGE_ALONE, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { TrialInputs } from "../../contract/trial-subject.ts";
import { inputOrigins } from "./input-origins.ts";
import { trialConditions } from "./trial-conditions.ts";

function of(changes: Partial<TrialInputs>) {
  return { facts: { inputs: { ...IMAGE_ALONE, ...changes } } };
}

test("what the settings gave, for which object, and what nobody gave, ends the list of conditions", () => {
  const given = [{ place: "env URL", standsFor: "Secret db/url" }, { place: "file /etc/app.yml" }];
  const trial = trialFacts(of({ given, absent: ["ConfigMap web"] }));
  expect(inputOrigins(trial)).toEqual({
    fr: " ; donné par les réglages : URL (Secret db/url), /etc/app.yml ; sans ConfigMap web, que le cluster seul connaît",
    en: "; given by the settings: URL (Secret db/url), /etc/app.yml; without ConfigMap web, which only the cluster knows",
  });
  expect(trialConditions(trial).en).toMatch(/; without ConfigMap web, which only the cluster knows\)$/);
});

test("of many, the first are named; of none, nothing is said", () => {
  const absent = Array.from({ length: 21 }, (_, index) => `Secret s${index}`);
  expect(inputOrigins(trialFacts(of({ absent }))).en).toMatch(
    /^; without .*Secret s19, …, which only the cluster knows$/,
  );
  expect(inputOrigins(trialFacts())).toEqual({ fr: "", en: "" });
  expect(inputOrigins({})).toEqual({ fr: "", en: "" });
});
