import { describe, expect, test } from "vitest";
import { gateOf } from "./gate.ts";

const NONE = { failOn: undefined, platform: undefined, kubernetes: undefined };

describe("what no team may lower", () => {
  test.each([
    ["nobody says anything", NONE, {}, {}, "unproven"],
    ["the team alone", NONE, { failOn: "refused" }, {}, "refused"],
    [
      "a flag goes before the team's file",
      { ...NONE, failOn: "unproven" },
      { failOn: "refused" },
      {},
      "unproven",
    ],
    ["the policy alone", NONE, {}, { failOn: "refused" }, "refused"],
    ["a policy that leaves it open", { ...NONE, failOn: "refused" }, {}, { enforceFuture: true }, "refused"],
    ["a stricter flag", { ...NONE, failOn: "unproven" }, {}, { failOn: "refused" }, "unproven"],
    ["a stricter team", NONE, { failOn: "unproven" }, { failOn: "refused" }, "unproven"],
    ["the same", { ...NONE, failOn: "unproven" }, {}, { failOn: "unproven" }, "unproven"],
  ] as const)("failOn: %s", (_, values, team, policy, failOn) => {
    expect(gateOf(values, team, policy)).toMatchObject({ failOn, ignored: [] });
  });

  test.each([
    [
      "a flag",
      { ...NONE, failOn: "refused" },
      {},
      '--fail-on "refused" does not count: the policy sets failOn to "unproven".',
    ],
    [
      "a team's file",
      NONE,
      { failOn: "refused" },
      'failOn: "refused" does not count: the policy sets failOn to "unproven".',
    ],
  ] as const)("failOn: %s that is laxer is ignored, which is said", (_, values, team, says) => {
    const { failOn, ignored } = gateOf(values, team, { failOn: "unproven" });
    expect([failOn, ignored.map(({ en }) => en)]).toEqual(["unproven", [says]]);
  });

  test("platform and cluster are the policy's", () => {
    const policy = { platform: "linux/amd64", kubernetes: "1.31" };
    const gate = gateOf({ ...NONE, kubernetes: 37 }, { platform: "linux/arm64" }, policy);
    expect(gate).toMatchObject({ platform: "linux/amd64", minor: 31 });
    expect(gate.ignored.map(({ fr }) => fr)).toEqual([
      'platform: "linux/arm64" ne compte pas : la politique fixe platform à "linux/amd64".',
      '--kubernetes "1.37" ne compte pas : la politique fixe kubernetes à "1.31".',
    ]);
  });

  test("a version that is written otherwise is the same", () => {
    const gate = gateOf({ ...NONE, kubernetes: 31 }, {}, { kubernetes: "v1.31.4" });
    expect(gate).toMatchObject({ minor: 31, ignored: [] });
  });

  test("without a policy the command line goes before the file, and both before the default", () => {
    expect(gateOf({ ...NONE, kubernetes: 29 }, { kubernetes: "1.30" }, {}).minor).toBe(29);
    expect(gateOf(NONE, { kubernetes: "1.30", platform: "linux/arm64" }, {})).toMatchObject({
      minor: 30,
      platform: "linux/arm64",
    });
  });
});
