import { describe, expect, test } from "vitest";
import type { EnvFacts } from "../contract/pod-facts.ts";
import { type EnvironmentSources, manifestEnvironment, UNKNOWN_SOURCES } from "./manifest-environment.ts";

const SOURCES: EnvironmentSources = {
  envFrom: ({ configMapRef }) => (configMapRef?.name === "c" ? [["A", "$(B) of the map"]] : [["S", "s"]]),
  valueFrom: ({ valueFrom }) => valueFrom?.configMapKeyRef?.key,
};

function values(env: readonly EnvFacts[], sources?: EnvironmentSources, from = ["c", "s"]) {
  const envFrom = from.map((name) => ({ configMapRef: { name }, prefix: name === "s" ? "P_" : "" }));
  const variables = manifestEnvironment({ env, envFrom }, sources);
  return Object.fromEntries([...variables].map(([name, { value }]) => [name, value]));
}

const of = (name: string, value: string): EnvFacts => ({ name, value });
const from = (name: string, key?: string): EnvFacts => {
  return { name, valueFrom: { configMapKeyRef: key === undefined ? {} : { key } } };
};

describe("the kubelet's order of variables", () => {
  test("envFrom before env, each source in its order; what they hold is not expanded", () => {
    expect(values([], SOURCES)).toEqual({ A: "$(B) of the map", P_S: "s" });
    expect(values([of("X", "[$(A)] [$(P_S)] [$(S)]")], SOURCES)["X"]).toBe("[$(B) of the map] [s] [$(S)]");
  });

  test("the kubelet's own come with those that the manifest does not set; any may refer to them", () => {
    const services = new Map([
      ["HOST", "10.96.0.1"],
      ["PORT", "443"],
    ]);
    const env = [of("URL", "$(HOST):$(PORT)"), of("PORT", "1"), of("OWN", "$(PORT)")];
    expect(values(env, { ...SOURCES, services, settings: { HOST: "x" } }, [])).toEqual({
      URL: "10.96.0.1:443",
      PORT: "1",
      OWN: "1",
      HOST: "x",
    });
  });

  test("a variable may refer to earlier ones only, and a later one of its name replaces it from there", () => {
    const env = [of("A", "1"), of("B", "$(A)$(C)"), of("C", "3"), of("A", "$(A)2"), of("D", "$(A)$(B)")];
    expect(values(env)).toEqual({ A: "12", B: "1$(C)", C: "3", D: "121$(C)" });
  });

  test("what has no value is empty, and counts as set", () => {
    expect(values([{ name: "E" }, of("F", "[$(E)]"), of("", "x"), { value: "y" }])).toEqual({
      E: "",
      F: "[]",
    });
  });

  test("value goes before valueFrom, as long as it is not empty", () => {
    expect(values([{ ...from("A", "key"), value: "own" }], SOURCES)["A"]).toBe("own");
    expect(values([{ ...from("A", "key"), value: "" }], SOURCES)["A"]).toBe("key");
  });

  test("a valueFrom that leads nowhere leaves what there was", () => {
    expect(values([from("A"), from("N"), of("X", "$(A) $(N)")], SOURCES)).toMatchObject({
      A: "$(B) of the map",
      X: "$(B) of the map $(N)",
    });
    expect(values([from("N")], SOURCES)).not.toHaveProperty("N");
  });

  test("settings come last, as they stand", () => {
    const settings = { A: "$(X)", Z: "z" };
    expect(values([of("X", "$(A)$(Z)")], { ...UNKNOWN_SOURCES, settings }, [])).toEqual({
      X: "$(A)$(Z)",
      A: "$(X)",
      Z: "z",
    });
  });
});

test("what only the cluster knows stays a reference, however often it is handed on", () => {
  const ip = { name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } };
  expect(values([from("K", "key"), ip, of("X", "$(K):$(IP):$(A)")])).toEqual({
    K: "$(K)",
    IP: "$(status.podIP)",
    X: "$(K):$(status.podIP):$(A)",
  });
});
