import { expect, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import { trialMask } from "../../../secrets/trial.ts";
import type { DependencySettings } from "../settings.ts";
import { dependenciesOf, secretsOf } from "./dependencies.ts";

function named(count: number): readonly DependencySettings[] {
  return Array.from({ length: count }, (_, at) => ({ name: `db-${at}`, image: "oci:db" }));
}

test("the dependencies of all containers stand beside their pod, each once", () => {
  const [db] = named(1);
  const all = dependenciesOf([
    { dependencies: [...named(1), { name: "SMTP", ports: [25] }] },
    {},
    { dependencies: [...named(1), { name: "smtp", ports: [25, 587] }] },
  ]);
  expect(all).toEqual([db, { name: "SMTP", ports: [25, 587] }]);
});

test("one name is one image", () => {
  const other = { name: "DB-0", image: "oci:other" };
  expect(() => dependenciesOf([{ dependencies: [...named(1), other] }])).toThrow(
    "two different dependencies",
  );
});

test("more images than a trial can have beside it are refused by the bound's name", () => {
  expect(dependenciesOf([{ dependencies: named(LIMITS.trialDependencies) }])).toHaveLength(10);
  const more = [
    { dependencies: named(LIMITS.trialDependencies) },
    { dependencies: [{ name: "x", image: "y" }] },
  ];
  expect(() => dependenciesOf(more)).toThrow("(bound trialDependencies)");
});

test("a value of the judge's is masked where only a command or a longer variable contains it", () => {
  const secrets = secretsOf({
    name: "db",
    image: "oci:db",
    env: { URL: "x-Zk9qXw7LmPt3RvB2-y" },
    args: ["--key", "Zk9qXw7LmPt3RvB2"],
    confidential: true,
    secrets: [["TOKEN", "Zk9qXw7LmPt3RvB2"]],
  });
  expect(trialMask(secrets).text("got Zk9qXw7LmPt3RvB2 from db")).not.toContain("Xw7L");
  expect(trialMask(secrets).text("got nothing from db")).toBe("got nothing from db");
});
