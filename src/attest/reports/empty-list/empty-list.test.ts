import { expect, test } from "vitest";
import { FINISHED, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

test.each<[string, object, string]>([
  ["nothing", {}, "incomplete: completion-unknown kind-unknown tool-unknown"],
  ["the exit code and target", FINISHED, "incomplete: kind-unknown tool-unknown"],
  ["the tool", { tool: "gitleaks" }, "incomplete: completion-unknown"],
  ["all of them", { ...FINISHED, tool: "gitleaks" }, "pass"],
  ["another tool that writes such a list", { ...FINISHED, tool: "Nuclei" }, "pass"],
  [
    "a scan that failed: gitleaks leaves the same file",
    { ...FINISHED, tool: "gitleaks", exitCode: 1 },
    "incomplete: exit-code",
  ],
  ["a tool whose empty list means no file", { ...FINISHED, tool: "eslint" }, "incomplete: kind-unknown"],
  ["a name of the prototype", { ...FINISHED, tool: "constructor" }, "incomplete: kind-unknown"],
])("of an empty list the job says %s", (_, asserted, expected) => {
  expect(scanOutcome([], asserted)).toBe(expected);
  expect(scanOutcome("null\n", asserted)).toBe(expected);
});

test("the tool gives the kind", () => {
  expect(scanReport([], { ...FINISHED, tool: "GitLeaks" })).toMatchObject({
    kind: "secrets",
    tool: "gitleaks",
    asserted: ["exitCode", "target", "tool"],
  });
  expect(scanReport([], { ...FINISHED, tool: "nuclei" })).toMatchObject({ kind: "dast", tool: "Nuclei" });
});
