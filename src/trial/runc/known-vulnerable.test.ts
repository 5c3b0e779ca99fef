import { expect, test } from "vitest";
import { isKnownVulnerable } from "./known-vulnerable.ts";

test.each([
  "0.1.1",
  "1.0.0-rc93",
  "1.0.0-rc10+dev",
  "1.0.3",
  "1.1.0-rc.1",
  "1.1.0",
  "1.1.9",
  "1.1.11",
  "1.1.11+dev",
])("upstream's %s leaks a descriptor of the host", (version) => {
  expect(isKnownVulnerable(version)).toBe(true);
});

test.each([
  "1.1.12",
  "1.1.15",
  "1.1.15+ds1",
  "1.2.0-rc.1",
  "1.3.3",
  "1.4.0-rc.2+dev",
  "2.0.0",
  // Distributions repair without changing the number.
  "1.1.5+ds1",
  "1.0.0~rc93+ds1",
  "1.1.7-0ubuntu1~22.04.2",
  "unknown",
  "",
])("%j is not known to", (version) => {
  expect(isKnownVulnerable(version)).toBe(false);
});
