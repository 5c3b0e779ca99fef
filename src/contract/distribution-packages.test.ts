import { expect, test } from "vitest";
import { isDistributions, isWithoutSources } from "./distribution-packages.ts";
import { PACKAGE_TYPES } from "./package-facts.ts";

test("distributions build the packages of five types", () => {
  expect(PACKAGE_TYPES.filter((type) => isDistributions({ type }))).toEqual([
    "deb",
    "apk",
    "rpm",
    "alpm",
    "opkg",
  ]);
});

test.each([
  ["chisel", true],
  ["dpkg", false],
])("packages found by %s lack their sources: %s", (cataloger, expected) => {
  expect(isWithoutSources(cataloger)).toBe(expected);
});
