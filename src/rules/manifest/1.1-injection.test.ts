import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { injection } from "./1.1-injection.ts";

function check(annotations: Readonly<Record<string, string>>, created?: true) {
  const facts = created === undefined ? {} : { created };
  return injection.check({ workload: workloadFacts({ facts, pod: { annotations } }) });
}

test("an annotation that asks for injection leaves the rows of the pods open, and is named", () => {
  expect(check({ "linkerd.io/inject": "enabled" })).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringContaining('spec.template.metadata.annotations["linkerd.io/inject"] has') },
  });
});

test.each([
  ["annotations", "sidecar.jaegertracing.io/inject", "true", "unproven"],
  ["labels", "odigos-instrumentation", "enabled", "unproven"],
  ["annotations", "sidecar.jaegertracing.io/inject", "false", "pass"],
  ["annotations", "dapr.io/enabled", "true", "pass"],
])("%s of the workload: %s=%s: %s", (place, key, value, status) => {
  const facts = { [place]: { [key]: value } };
  const outcome = injection.check({ workload: workloadFacts({ facts }) });
  expect(outcome.status).toBe(status);
  expect(JSON.stringify(outcome).includes(`"metadata.${place}`)).toBe(status === "unproven");
});

test("marks of a Pod count once", () => {
  const annotations = { "sidecar.jaegertracing.io/inject": "true" };
  const facts = { kind: "Pod", podPath: "", annotations };
  const outcome = injection.check({ workload: workloadFacts({ facts, pod: { annotations } }) });
  expect(JSON.stringify(outcome).match(/jaegertracing/g)).toHaveLength(2);
});

test("of many, three are named", () => {
  const keys = ["java", "go", "python", "nodejs"].map(
    (one) => `instrumentation.opentelemetry.io/inject-${one}`,
  );
  const outcome = JSON.stringify(check(Object.fromEntries(keys.map((key) => [key, "true"]))));
  expect(outcome).toContain('inject-python\\"], … has');
  expect(outcome).not.toContain("inject-nodejs");
});

test.each<[Readonly<Record<string, string>>, true | undefined]>([
  [{}, undefined],
  [{ "linkerd.io/inject": "disabled" }, undefined],
  [{ "linkerd.io/inject": "enabled" }, true],
])("fine: %j, created by the cluster: %s", (annotations, created) => {
  expect(check(annotations, created).status).toBe("pass");
});
