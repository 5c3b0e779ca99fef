import { expect, test } from "vitest";
import { choosesPlatform } from "./node-selectors.ts";

const KEY = "scheduler.alpha.kubernetes.io/node-selector";

test.each<[Readonly<Record<string, string>>, boolean]>([
  [{ [KEY]: "kubernetes.io/arch=arm64" }, true],
  [{ [KEY]: "disk=ssd, beta.kubernetes.io/arch = arm64" }, true],
  [{ "openshift.io/node-selector": "kubernetes.io/os=windows" }, true],
  [{ [KEY]: "kubernetes.io/os=linux" }, false],
  [{ "openshift.io/node-selector": "" }, false],
  [{ "openshift.io/node-selector": "node-role.kubernetes.io/worker=" }, false],
  [{ "example.org/node-selector": "kubernetes.io/arch=arm64" }, false],
  [{}, false],
])("%j: %s", (annotations, expected) => {
  expect(choosesPlatform(annotations)).toBe(expected);
});
