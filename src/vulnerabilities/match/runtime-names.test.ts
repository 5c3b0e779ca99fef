import { expect, test } from "vitest";
import { bitnamiName, bitnamiVersion, runtimeCycle } from "./runtime-names.ts";

// Names of https://endoflife.date/api/v1/products and of https://github.com/bitnami/vulndb/tree/main/data
test.each([
  ["node", "18.20.4", "node", "nodejs 18"],
  ["python", "3.13.5", "python", "python 3.13"],
  ["php", "8.4.28", "php", "php 8.4"],
  ["ruby", "3.4.5", "ruby", "ruby 3.4"],
  ["nginx", "1.27.0", "nginx", "nginx 1.27"],
  ["postgresql", "17.12", "postgresql", "postgresql 17"],
  ["redis", "8.0.2", "redis", "redis 8.0"],
  ["valkey", "8.1.1", "valkey", "valkey 8.1"],
  ["dotnet", "8.0.11", "dotnet", "dotnet 8"],
  ["aspnet-core", "9.0.1", "aspnet-core", "dotnet 9"],
  ["openjdk", "21.0.8", "java", ""],
  ["apache", "2.4.65", "apache", ""],
  ["constructor", "1.0.0", "constructor", ""],
])("%s %s is %s in advisories, and its support is that of %j", (name, version, bitnami, cycle) => {
  expect(bitnamiName(name)).toBe(bitnami);
  const found = runtimeCycle(name, version);
  expect(found === undefined ? "" : `${found.product} ${found.cycle}`).toBe(cycle);
});

test("a runtime without a version has no cycle", () => {
  expect(runtimeCycle("node", "")).toBeUndefined();
});

// JEP 223: https://openjdk.org/jeps/223
test.each([
  ["openjdk", "1.8.0_392", "8.0.392"],
  ["openjdk", "1.8.0_392-b08", "8.0.392"],
  ["openjdk", "1.7.0", "7.0.0"],
  ["openjdk", "1.8.0_392x", "1.8.0_392x"],
  ["openjdk", "x1.8.0_392", "x1.8.0_392"],
  ["openjdk", "1.8.0_", "1.8.0_"],
  ["openjdk", "21.0.8", "21.0.8"],
  ["node", "1.8.0_392", "1.8.0_392"],
])("%s %s is %s in advisories", (name, version, expected) => {
  expect(bitnamiVersion(name, version)).toBe(expected);
});
