import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { givenObjectsOf } from "../../workload/given-objects.ts";
import type { ServiceObject } from "../../workload/objects/pod-objects.ts";
import { namespaceObjects } from "./namespace-objects.ts";

type ConfigMap = readonly [namespace: string | undefined, host: string];

function objectsOf(objects: readonly ConfigMap[]) {
  const texts = objects.map(([namespace, host]) =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "web", namespace },
      data: { host },
    }),
  );
  return givenObjectsOf(Buffer.from(texts.join("\n---\n")));
}

test.each<[string, readonly ConfigMap[], string | undefined, boolean, string | undefined]>([
  ["one alone", [["a", "1"]], "a", false, "1"],
  [
    "two with different contents, of which kubectl applies the last",
    [
      ["a", "1"],
      ["a", "2"],
    ],
    "a",
    true,
    "2",
  ],
  [
    "two with equal contents",
    [
      ["a", "1"],
      ["a", "1"],
    ],
    "a",
    false,
    "1",
  ],
  [
    "two of different namespaces",
    [
      ["a", "1"],
      ["b", "2"],
    ],
    "a",
    false,
    "1",
  ],
  [
    "one that names no namespace, and so is the workload's",
    [
      [undefined, "1"],
      ["a", "2"],
    ],
    "a",
    true,
    "2",
  ],
  [
    "two namespaces, for a workload of any",
    [
      ["a", "1"],
      ["b", "2"],
    ],
    undefined,
    true,
    "2",
  ],
  [
    "none of this namespace",
    [
      ["b", "1"],
      ["b", "2"],
    ],
    "a",
    false,
    undefined,
  ],
])("of ConfigMaps of one name, %s", (_, objects, namespace, isAmbiguous, host) => {
  const found = namespaceObjects(objectsOf(objects), namespace);
  expect(found.isAmbiguous("ConfigMap", "web")).toBe(isAmbiguous);
  expect(found.isAmbiguous("Secret", "web")).toBe(false);
  expect(found.config("ConfigMap", "web")?.values().get("host")).toBe(host);
});

const NONE = { config: [], accounts: [], services: [], backends: [], routes: [], monitors: [] };

function service(name: string, namespace: string): ServiceObject {
  return { name, namespace, ports: [{ port: 80, protocol: "TCP" }] };
}

function servicesOf(count: number, namespace: string): readonly ServiceObject[] {
  return Array.from({ length: count }, (_, at) => service(`s${at}`, namespace));
}

function names(services: readonly ServiceObject[], namespace: string): readonly string[] {
  return namespaceObjects({ ...NONE, services }, namespace).services.map(({ name }) => name);
}

test("the Services of other namespaces do not push out those of the workload's", () => {
  const others = servicesOf(LIMITS.trialServices + 1, "a");
  expect(names([...others, service("z", "b")], "b")).toEqual(["z"]);
});

test("more than LIMITS.trialServices in one namespace are too many, and said so", () => {
  expect(names(servicesOf(LIMITS.trialServices, "a"), "a")).toHaveLength(LIMITS.trialServices);
  expect(() => names(servicesOf(LIMITS.trialServices + 1, "a"), "a")).toThrow("bound trialServices");
});

const PORT = { port: 80, protocol: "TCP" };
const OTHER = { port: 81, protocol: "TCP" };

test.each<[string, readonly ServiceObject[], readonly string[]]>([
  ["one", [service("web", "a")], []],
  ["two alike", [service("web", "a"), service("web", "a")], []],
  ["other ports", [service("web", "a"), { ...service("web", "a"), ports: [OTHER] }], ["web"]],
  [
    "another target",
    [service("web", "a"), { ...service("web", "a"), ports: [{ ...PORT, targetPort: 8080 }] }],
    ["web"],
  ],
  ["another selector", [service("web", "a"), { ...service("web", "a"), selector: { app: "x" } }], ["web"]],
  [
    "labels of a selector in another order",
    [
      { ...service("web", "a"), selector: { app: "x", tier: "y" } },
      { ...service("web", "a"), selector: { tier: "y", app: "x" } },
    ],
    [],
  ],
  ["another family", [service("web", "a"), { ...service("web", "a"), ipv6: true }], ["web"]],
  ["of another namespace", [service("web", "a"), { ...service("web", "b"), ports: [OTHER] }], []],
  ["without a namespace", [service("web", "a"), { name: "web", ports: [OTHER] }], ["web"]],
])("Services of one name, of which nobody knows which is applied: %s", (_, services, expected) => {
  const { ambiguousServices } = namespaceObjects({ ...NONE, services }, "a");
  expect(ambiguousServices.map(([one]) => one?.name)).toEqual(expected);
});
