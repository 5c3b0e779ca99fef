import { describe, expect, test } from "vitest";
import type { AppliedVex, VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";
import { liftingVex } from "./lifting-vex.ts";

const NOVEMBER = "2026-11-20T00:00:00Z";
const DECEMBER = "2026-12-05T00:00:00Z";

function vex(status: AppliedVex["status"], timestamp?: string, more: Partial<AppliedVex> = {}): AppliedVex {
  return {
    status,
    author: "a",
    document: "d",
    signer: "security",
    ...(status === "not_affected" ? { justification: "component_not_present" } : {}),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...more,
  };
}

function isLifted(statements: readonly AppliedVex[], more: Partial<VulnerabilityFinding> = {}): boolean {
  const finding = { vex: statements, exploited: [], ...more } as unknown as VulnerabilityFinding;
  return liftingVex(finding) !== undefined;
}

describe("a finding is lifted", () => {
  test.each([
    "component_not_present",
    "vulnerable_code_not_present",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "inline_mitigations_already_exist",
  ])("if it does not affect the image: %s", (justification) => {
    expect(isLifted([vex("not_affected", NOVEMBER, { justification })])).toBe(true);
  });

  test("if it is fixed", () => {
    expect(isLifted([vex("fixed", NOVEMBER)])).toBe(true);
  });

  test("by a later statement than one that it is affected, in any order", () => {
    const statements = [vex("affected", NOVEMBER), vex("fixed", DECEMBER)];
    expect([isLifted(statements), isLifted(statements.toReversed())]).toEqual([true, true]);
  });

  test("by a dated statement beside an undated one that lifts, too", () => {
    expect(isLifted([vex("fixed"), vex("fixed", NOVEMBER)])).toBe(true);
  });
});

describe("a finding is not lifted", () => {
  test.each<[string, readonly AppliedVex[]]>([
    ["without statements", []],
    ["by nobody's signature", [{ status: "fixed", author: "a", document: "d", timestamp: NOVEMBER }]],
    ["for a reason of one's own", [vex("not_affected", NOVEMBER, { justification: "because" })]],
    ["for no reason", [{ ...vex("fixed", NOVEMBER), status: "not_affected" }]],
    ["without a date", [vex("fixed")]],
    ["with a date that is none", [vex("fixed", "now")]],
    ["while it is looked into", [vex("under_investigation", NOVEMBER)]],
    [
      "by an earlier statement than one that it is affected",
      [vex("fixed", NOVEMBER), vex("affected", DECEMBER)],
    ],
    ["beside an undated one that it is affected", [vex("fixed", DECEMBER), vex("affected")]],
    ["beside one of a date that is none", [vex("affected", "tomorrow"), vex("fixed", DECEMBER)]],
    ["by one of two that contradict each other", [vex("fixed", NOVEMBER), vex("affected", NOVEMBER)]],
  ])("%s", (_, statements) => {
    expect([isLifted(statements), isLifted(statements.toReversed())]).toEqual([false, false]);
  });

  test("if it is malware, or known to be exploited", () => {
    expect(isLifted([vex("fixed", NOVEMBER)], { isMalware: true })).toBe(false);
    const exploited = [{ list: "kev" }] as unknown as VulnerabilityFinding["exploited"];
    expect(isLifted([vex("fixed", NOVEMBER)], { exploited })).toBe(false);
    expect(liftingVex({ exploited: [] } as unknown as VulnerabilityFinding)).toBeUndefined();
  });
});
