import { expect, test } from "vitest";
import { WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import { environmentOf, fullName, UniqueNames } from "./subject.ts";

test.each([
  [undefined, undefined, "", "web"],
  ["shop", undefined, "shop", "shop/web"],
  [undefined, "prod", "prod", "prod/web"],
  ["shop-prod", "prod", "shop-prod", "shop-prod/web"],
  ["env-01jz7k3w9q", "prod", "prod", "prod/web"],
])("namespace %s in the folder %s is the environment %j", (namespace, environment, word, name) => {
  const workload = {
    at: { in: "file" as const, file: "a.yaml", document: 0, line: 1 },
    kind: "Deployment",
    name: "web",
    ...(namespace === undefined ? {} : { namespace }),
    ...(environment === undefined ? {} : { environment }),
  };
  const subject = { name: "web", images: [], workload };
  expect(environmentOf(subject)).toBe(word);
  expect(fullName(subject)).toBe(name);
});

test("an image alone has no environment", () => {
  expect(fullName({ name: "app:1", images: [{ reference: "app:1" }] })).toBe("app:1");
});

test("of two workloads with one name each is known by its place, a Dockerfile by its path", () => {
  const [first, , , , , , , dockerfile] = WORKLOADS;
  if (first === undefined || dockerfile === undefined) throw new Error("no workloads");
  const elsewhere = {
    at: { in: "file" as const, file: "other.yaml", document: 0, line: 9 },
    kind: "Deployment",
    namespace: "boutique-preprod",
    name: "web",
  };
  const second = { ...first, subject: { ...first.subject, workload: elsewhere } };
  const names = new UniqueNames();
  const known = [first, second, dockerfile, dockerfile].map(({ subject }) => names.add(subject));
  expect(known.map((name) => name())).toEqual([
    "boutique-preprod/Deployment/web (deployment-targets/preprod/web.yaml:3)",
    "boutique-preprod/Deployment/web (other.yaml:9)",
    "services/web/Dockerfile",
    "services/web/Dockerfile",
  ]);
});
