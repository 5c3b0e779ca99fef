import { expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { configObjectOf } from "./config-facts.ts";
import { configObjectFinder } from "./config-object-finder.ts";
import { OtherEnvironments } from "./environments/other-environments.ts";

const VALUE = noise(20);

function joined(data: Readonly<Record<string, string>>, keys: Readonly<Record<string, string>>) {
  const env = Object.entries(keys).map(([name, key]) => {
    return { name, valueFrom: { configMapKeyRef: { name: "cfg", key } } };
  });
  const facts = workloadFacts({ containers: [{ env }] });
  const value = { metadata: { name: "cfg" }, data };
  const object = configObjectOf({ apiVersion: "v1", kind: "ConfigMap", value, path: [] }, () => facts.at);
  const read = object === undefined ? [] : [{ ...object, folder: "/f" }];
  const finder = configObjectFinder(read, [{ facts, folder: "/f" }], new OtherEnvironments([]));
  const [found] = finder.join(facts, "/f").objects ?? [];
  return { secrets: found?.secrets.map(({ key }) => key), variables: found?.variables };
}

test("a value that a variable names as a secret is found and masked under the variable's name", () => {
  const { secrets, variables } = joined({ a: VALUE, level: "info" }, { DB_PASSWORD: "a", LOG: "level" });
  expect(secrets).toEqual(["DB_PASSWORD"]);
  expect(variables?.["level"]).toBe("info");
  expect(variables?.["a"]).not.toContain(VALUE);
});

test("a value counts once, whether its key or two variables name it", () => {
  expect(joined({ DB_PASSWORD: VALUE }, { API_TOKEN: "DB_PASSWORD" }).secrets).toEqual(["DB_PASSWORD"]);
  expect(joined({ a: VALUE }, { DB_PASSWORD: "a", API_TOKEN: "a" }).secrets).toEqual(["DB_PASSWORD"]);
});

test("a key that the ConfigMap lacks gives nothing", () => {
  expect(joined({ a: VALUE }, { DB_PASSWORD: "b" })).toEqual({ secrets: [], variables: { a: VALUE } });
});
