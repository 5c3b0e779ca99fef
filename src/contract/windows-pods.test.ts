import { expect, test } from "vitest";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { isWindowsPod } from "./workload-facts.ts";

test.each([
  ["windows", true],
  ["linux", false],
  ["Windows", false],
  [undefined, false],
])("a pod of the os %s is one of Windows: %s", (name, is) => {
  expect(isWindowsPod(workloadFacts(name === undefined ? {} : { os: { name } }))).toBe(is);
});
