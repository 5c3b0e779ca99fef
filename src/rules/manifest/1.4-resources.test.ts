import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { resources } from "./1.4-resources.ts";

function check(container: ContainerFacts) {
  const containers = [{ name: "web", ...container }];
  return resources.check({
    workload: workloadFacts({ containers, ephemeralContainers: [{ name: "debugger" }] }),
  });
}

function memory(limit: string, request?: string) {
  return check({
    resources: {
      limits: { memory: limit },
      ...(request === undefined ? {} : { requests: { memory: request } }),
    },
  });
}

test.each<[ContainerFacts]>([[{}], [{ resources: {} }], [{ resources: { limits: { cpu: "1" } } }]])(
  "no memory limit is noted: %j",
  (container) => {
    expect(check(container)).toMatchObject({
      status: "pass",
      notes: [
        {
          container: "web",
          fingerprint: "1.4-resources:portal/Deployment/web:web:absent",
          at: { path: "spec.template.spec.containers[0].resources.limits.memory" },
        },
      ],
    });
  },
);

describe("a limit above twice the request is noted", () => {
  test.each([
    ["1Gi", "256Mi"],
    ["2G", "900M"],
    ["1e9", "100M"],
    ["1.5Gi", "512Mi"],
  ])("%s for %s", (limit, request) => {
    expect(memory(limit, request)).toMatchObject({ notes: [{ message: { en: /more than twice/ } }] });
  });
});

describe("fine", () => {
  test.each([
    ["512Mi", "256Mi"],
    ["512Mi", undefined],
    ["1000", "500"],
    ["1Gi", "1073741824"],
    ["2000m", "1"],
    ["lots", "1Mi"],
    ["1Gi", "1Xi"],
    ["1Gi", "0x"],
  ])("%s for %s", (limit, request) => {
    expect(memory(limit, request)).toMatchObject({ status: "pass", notes: [] });
  });
});

test("trap: resources that are not valid Kubernetes are not said to be absent", () => {
  const path = "spec.template.spec.containers[0].resources.limits.memory";
  const invalid = [{ path, problem: { fr: "non valide", en: "not valid" } }];
  expect(resources.check({ workload: workloadFacts({ facts: { invalid } }) }).notes).toEqual([]);
});

test.each([
  ["m", 1e-3],
  ["", 1],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["T", 1e12],
  ["P", 1e15],
  ["Ki", 1024],
  ["Mi", 1024 ** 2],
  ["Gi", 1024 ** 3],
  ["Ti", 1024 ** 4],
  ["Pi", 1024 ** 5],
])("a quantity in %s is so many bytes", (suffix, bytes) => {
  const bare = String(bytes * 1_000);
  expect(memory(`2001${suffix}`, bare)).toMatchObject({ notes: [expect.anything()] });
  expect(memory(`2000${suffix}`, bare)).toMatchObject({ notes: [] });
});

test.each(["2.5", "25e-1", "0.25e1", "0.25E+1", "2.5e0"])("%s is more than twice 1", (limit) => {
  expect(memory(limit, "1")).toMatchObject({ notes: [expect.anything()] });
});

test.each(["x3", "3xx", "3Mix", "3 Mi", "3e", ".3", "3e1234", "3mi", "-3", ""])(
  "%j is no quantity",
  (limit) => {
    expect(memory(limit, "1")).toMatchObject({ notes: [] });
  },
);
