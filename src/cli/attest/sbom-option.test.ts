import { expect, test } from "vitest";
import { parseSbomOption, type SbomOption } from "./sbom-option.ts";

test.each<[string, SbomOption]>([
  ["bom.json", { file: "bom.json" }],
  ["bom,a.json", { file: "bom,a.json" }],
  ["bom.json,platform=linux/arm64", { file: "bom.json", platform: "linux/arm64" }],
  ["a=b.json,platform=linux/arm/v7", { file: "a=b.json", platform: "linux/arm/v7" }],
])("%s", (option, read) => {
  expect(parseSbomOption(option)).toEqual(read);
});

test.each([
  "",
  ",platform=linux/arm64",
  "bom.json,platform=",
  "bom.json,plattform=linux/arm64",
  "bom.json,platform=linux/amd64,platform=linux/arm64",
])("%j is refused with the form", (option) => {
  expect(() => parseSbomOption(option)).toThrow("Form: --sbom FILE[,platform=OS/ARCH]");
});
