import { expect, test } from "vitest";
import { Claims, COMMIT, PROJECT } from "./job.ts";
import { NotaryRefusal } from "./refusal.ts";

const LONGEST = "x".repeat(2_000);

const textOf = (value: unknown): string | undefined => {
  try {
    return new Claims({ claim: value }).get("claim");
  } catch (error) {
    return error instanceof NotaryRefusal ? error.code : undefined;
  }
};

test.each<[unknown, string]>([
  ["main", "main"],
  [7, "7"],
  [0, "0"],
  [true, "true"],
  [false, "false"],
  [LONGEST, LONGEST],
])("a claim %j is the text %j", (value, text) => {
  const claims = new Claims({ claim: value });
  expect([claims.find("claim"), textOf(value)]).toEqual([text, text]);
  expect(claims.present(["claim", "absent"])).toEqual({ claim: text });
});

test.each<[unknown]>([[""], [`${LONGEST}x`], [null], [undefined], [["main"]], [{ main: true }]])(
  "a claim %j is none",
  (value) => {
    const claims = new Claims({ claim: value });
    expect([claims.find("claim"), textOf(value)]).toEqual([undefined, "token-claims"]);
    expect(claims.present(["claim", "absent"])).toEqual({});
  },
);

test.each([
  ["0".repeat(40), true],
  ["0123456789abcdef".repeat(4), true],
  ["0".repeat(39), false],
  ["0".repeat(41), false],
  ["0".repeat(63), false],
  ["0".repeat(65), false],
  ["g".repeat(40), false],
  ["A".repeat(40), false],
  [`${"0".repeat(40)}\n`, false],
])("commit %j: %s", (text, isCommit) => {
  expect(COMMIT.test(text)).toBe(isCommit);
});

test.each([
  ["social/portal", true],
  ["a/b", true],
  ["_a/_b", true],
  ["social/teams/web.site/portal-2_x", true],
  [`${"x".repeat(255)}/b`, true],
  [`a/${"x".repeat(255)}`, true],
  [`a${"/b".repeat(20)}`, true],
  ["portal", false],
  ["", false],
  ["/portal", false],
  ["social/", false],
  ["social//portal", false],
  ["social/.", false],
  ["social/..", false],
  ["../portal", false],
  ["-a/b", false],
  ["a/-b", false],
  ["social/portal\n", false],
  ["social/port al", false],
  ["social/portal?x", false],
  [" social/portal", false],
  [`${"x".repeat(256)}/b`, false],
  [`a/${"x".repeat(256)}`, false],
  [`a${"/b".repeat(21)}`, false],
])("project %j: %s", (text, isProject) => {
  expect(PROJECT.test(text)).toBe(isProject);
});
