import { expect, test } from "vitest";
import { JUDGING_DEFAULTS } from "../contract/judging-facts.ts";
import { judgingFacts } from "./judging-facts.ts";

test("a policy that says nothing leaves the defaults, and the day begins at midnight", () => {
  expect(judgingFacts({}, { today: "2026-11-30" })).toEqual({
    at: "2026-11-30T00:00:00.000Z",
    ...JUDGING_DEFAULTS,
    acceptedVulnerabilities: [],
  });
});

test("a policy's own values count, and the time of a judgement that was given", () => {
  const acceptedVulnerabilities = [
    { id: "CVE-2026-1", purl: "pkg:npm/a", reason: "r", author: "a", expires: "2026-12-31" },
  ];
  const policy = {
    sbomCoverage: 50,
    vulnerabilityDataDays: 1,
    platform: "linux/arm64",
    acceptedVulnerabilities,
  };
  expect(judgingFacts(policy, { today: "2026-11-30", judgedAt: "2026-11-29T12:00:00.000Z" })).toEqual({
    at: "2026-11-29T12:00:00.000Z",
    ...policy,
  });
});
