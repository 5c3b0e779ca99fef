import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import type { ServiceObject } from "../../workload/pod-objects.ts";
import { namespaceObjects } from "./namespace-objects.ts";

function service(name: string, namespace: string): ServiceObject {
  return { name, namespace, ports: [{ port: 80, protocol: "TCP" }] };
}

function servicesOf(count: number, namespace: string): readonly ServiceObject[] {
  return Array.from({ length: count }, (_, at) => service(`s${at}`, namespace));
}

function names(services: readonly ServiceObject[], namespace: string): readonly string[] {
  return namespaceObjects({ config: [], accounts: [], services }, namespace).services.map(({ name }) => name);
}

test("the Services of other namespaces do not push out those of the workload's", () => {
  const others = servicesOf(LIMITS.trialServices + 1, "a");
  expect(names([...others, service("z", "b")], "b")).toEqual(["z"]);
});

test("more than LIMITS.trialServices in one namespace are too many, and said so", () => {
  expect(names(servicesOf(LIMITS.trialServices, "a"), "a")).toHaveLength(LIMITS.trialServices);
  expect(() => names(servicesOf(LIMITS.trialServices + 1, "a"), "a")).toThrow("bound trialServices");
});
