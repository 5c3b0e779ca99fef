import { expect, test } from "vitest";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { containerName, placements } from "./pod-containers.ts";

test("every container has its place and its part, a restarted init container as a sidecar", () => {
  const workload = workloadFacts({
    initContainers: [{ name: "migrate" }, { name: "mesh", restartPolicy: "Always" }],
    containers: [{ name: "web" }],
    ephemeralContainers: [{ name: "debugger" }],
  });
  expect(placements(workload).map(({ role, path, spec }) => [role, path, spec.name])).toEqual([
    ["init", "spec.template.spec.initContainers[0]", "migrate"],
    ["sidecar", "spec.template.spec.initContainers[1]", "mesh"],
    ["app", "spec.template.spec.containers[0]", "web"],
    ["ephemeral", "spec.template.spec.ephemeralContainers[0]", "debugger"],
  ]);
});

test.each([
  [{ name: "web" }, "web"],
  [{ name: "" }, "containers[1]"],
  [{}, "containers[1]"],
])("a container %j is called %s", (spec, name) => {
  const placement = { role: "app", path: "items[0].spec.template.spec.containers[1]", spec } as const;
  expect(containerName(placement)).toBe(name);
});
