import { availableParallelism, totalmem } from "node:os";
import { expect, test } from "vitest";
import { resourceValue } from "./resource-value.ts";

const resources = {
  limits: { memory: "64Mi", cpu: "1100m" },
  requests: { memory: "50M" },
};

test.each([
  ["limits.memory", "", "67108864"],
  ["limits.memory", "1", "67108864"],
  ["limits.memory", "1Mi", "64"],
  ["limits.memory", "1M", "68"],
  ["limits.memory", "0", "67108864"],
  ["limits.cpu", "1", "2"],
  ["limits.cpu", "1m", "1100"],
  ["limits.cpu", "0.5", "3"],
  ["requests.memory", "1M", "50"],
  // The API server gives a request that is left out its limit's value.
  ["requests.cpu", "1m", "1100"],
  ["requests.ephemeral-storage", "1", "0"],
  ["limits.ephemeral-storage", "1", undefined],
  ["limits.toString", "1", undefined],
  ["limits.memory", "x", undefined],
  ["limits", "1", undefined],
  ["memory", "1", undefined],
])("%s by %j is %s", (resource, divisor, value) => {
  expect(resourceValue(resource, divisor || "1", { resources })).toBe(value);
});

test("a container without resources has what the node has", () => {
  expect(resourceValue("requests.cpu", "1", {})).toBe("0");
  expect(resourceValue("limits.cpu", "1", {})).toBe(`${availableParallelism()}`);
  expect(resourceValue("limits.memory", "1", {})).toBe(`${totalmem()}`);
});
