import { describe, expect, test } from "vitest";
import { container, cronJob, deployment, pod, podSpec } from "../../test/fixtures/manifests.ts";
import { LIMITS } from "../contract/limits.ts";
import { objectNames, readObject } from "./read-object.ts";

const AT = { in: "api", uid: "7f3c", resourceVersion: "41" } as const;

function read(value: unknown) {
  return readObject({ value, at: AT });
}

describe("the workloads of an object of the API", () => {
  test.each([
    ["a Deployment", deployment({ name: "web" }), ["Deployment/web"]],
    ["a Pod", pod({ name: "web" }), ["Pod/web"]],
    ["a CronJob", cronJob({ name: "purge" }), ["CronJob/purge"]],
    ["an object that starts nothing", { apiVersion: "v1", kind: "Service", metadata: { name: "a" } }, []],
    ["no object", null, []],
    ["a text", "kind: Pod", []],
    ["a kind without a version", { kind: "Pod", spec: {} }, []],
  ])("%s", (_, value, names) => {
    const { workloads, leftOut } = read(value);
    expect(workloads.map(({ kind, name }) => `${kind}/${name}`)).toEqual(names);
    for (const { at } of workloads) expect(at).toBe(AT);
    expect(leftOut).toEqual([]);
  });

  test("a placeholder leaves none out: the API server has taken the object as it is", () => {
    const unrendered = deployment({
      pod: podSpec({ containers: [container({ image: "{{ .Values.image }}" })] }),
    });
    expect(read(unrendered).workloads).toHaveLength(1);
  });

  test("a Rollout that names a Deployment is left out with what to judge instead", () => {
    const rollout = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      spec: { workloadRef: { name: "web" } },
    };
    expect(read(rollout)).toMatchObject({ workloads: [], leftOut: [{ reason: "no-template" }] });
  });

  test("containers of all kinds and image volumes are bounded together, and other volumes are not", () => {
    const many = (length: number, one: object) =>
      Array.from({ length }, (_, index) => ({ ...one, name: `n${index}` }));
    const spec = (volumes: number) =>
      podSpec({
        initContainers: many(50, container()),
        containers: many(50, container()),
        ephemeralContainers: many(50, container()),
        volumes: [...many(volumes, { image: { reference: "a:1" } }), ...many(300, { emptyDir: {} })],
      });
    expect(read({ ...pod(), spec: spec(50) }).workloads).toHaveLength(1);
    expect(() => read({ ...pod(), spec: spec(51) })).toThrow(/201 containers.*containersPerPod: 200/);
    expect(() => read(deployment({ pod: spec(51) }))).toThrow(/containersPerPod/);
  });

  test("lists within lists are an error that names the bound", () => {
    let list: unknown = pod();
    for (let depth = 0; depth <= LIMITS.listDepth; depth++)
      list = { apiVersion: "v1", kind: "List", items: [list] };
    expect(() => read(list)).toThrow(/listDepth/);
  });
});

test.each([
  [
    { kind: "Pod", metadata: { name: "a", namespace: "b" } },
    { kind: "Pod", name: "a", namespace: "b" },
  ],
  [
    { kind: "Pod", metadata: { generateName: "web-" } },
    { kind: "Pod", name: "web-*" },
  ],
  [
    { kind: 1, metadata: { name: null, namespace: 2 } },
    { kind: "?", name: "*" },
  ],
  [null, { kind: "?", name: "*" }],
])("%j is called %j", (value, names) => {
  expect(objectNames({ value, at: AT })).toEqual(names);
});
