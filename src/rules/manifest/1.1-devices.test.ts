import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PodSpecFacts, ResourcesFacts } from "../../contract/pod-facts.ts";
import { devices } from "./1.1-devices.ts";

function check(resources: ResourcesFacts, spec: Partial<PodSpecFacts> = {}) {
  return devices.check({ workload: workloadFacts({ containers: [{ name: "web", resources }], ...spec }) });
}

describe("devices leave open what nobody saw", () => {
  test.each<[string, ResourcesFacts, Partial<PodSpecFacts>, string]>([
    ["a limit", { limits: { "nvidia.com/gpu": "1" } }, {}, "web: nvidia.com/gpu"],
    ["a request alone", { requests: { "vendor.example/kvm": "1" } }, {}, "web: vendor.example/kvm"],
    [
      "a class of devices",
      { limits: { "deviceclass.resource.kubernetes.io/a": "1" } },
      {},
      "kubernetes.io/a",
    ],
    ["the pod", {}, { resources: { limits: { "vendor.example/a": "1" } } }, "had: vendor.example/a"],
    ["a claim", {}, { resourceClaims: [{ name: "g", resourceClaimName: "gpu" }] }, "resourceClaims g (gpu)"],
    ["a template", {}, { resourceClaims: [{ name: "g", resourceClaimTemplateName: "t" }] }, "g (t)"],
    ["a claim of nothing", {}, { resourceClaims: [{}] }, "resourceClaims "],
    [
      "many",
      { limits: { "a.example/1": "1", "a.example/2": "1", "a.example/3": "1", "a.example/4": "1" } },
      {},
      "web: a.example/3, …",
    ],
  ])("%s", (_, resources, spec, says) => {
    expect(check(resources, spec)).toMatchObject({
      status: "unproven",
      doubtful: true,
      reason: { en: expect.stringContaining(says) },
    });
  });
});

test.each<[ResourcesFacts]>([
  [{}],
  [{ limits: { cpu: "1", memory: "1Gi", "hugepages-2Mi": "2Mi", "ephemeral-storage": "1Gi" } }],
  [{ limits: { "kubernetes.io/batch-cpu": "1", "requests.example.org/a": "1" } }],
  [{ limits: { "nvidia.com/gpu": "0" }, requests: { "nvidia.com/gpu": "0.0" } }],
])("no devices: %j", (resources) => {
  expect(check(resources).status).toBe("pass");
});

test("a container without resources asks for none", () => {
  expect(devices.check({ workload: workloadFacts() }).status).toBe("pass");
});
