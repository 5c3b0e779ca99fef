import calculator from "ae-cvss-calculator";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { baseScore } from "./base-score.ts";

/** Examples of FIRST (https://www.first.org/cvss/examples, of each version) and of the specifications. */
test.each([
  ["AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8, "CVE-2002-0392"],
  ["AV:N/AC:L/Au:N/C:C/I:C/A:C", 10, "CVE-2003-0818"],
  ["(AV:L/AC:H/Au:N/C:C/I:C/A:C)", 6.2, "CVE-2003-0062"],
  ["CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4, "CVE-2013-0375"],
  ["CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1, "CVE-2014-3566"],
  ["CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9, "CVE-2012-1516"],
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5, "CVE-2014-0160"],
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "CVE-2014-6271"],
  ["CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8, "CVE-2008-1447"],
  ["CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0, "harms nothing"],
  ["CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3, "CVE-2022-41741"],
  ["CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7, "CVE-2020-3549"],
  ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10, "CVE-2021-44228"],
  ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0, "harms nothing"],
])("%s scores %s (%s)", (vector, score) => {
  expect(baseScore(vector)).toBe(score);
});

test("what is stated of threat and environment does not bear on the base score", () => {
  expect(baseScore("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U/MAV:P/CR:L")).toBe(9.8);
  expect(baseScore("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U/AU:Y/U:Amber")).toBe(
    9.3,
  );
  expect(baseScore("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:POC/RL:TF/CDP:LM")).toBe(7.8);
});

/** All vectors of these metrics, or every `step`-th. */
function vectors(prefix: string, metrics: Readonly<Record<string, string>>, step = 1): readonly string[] {
  let all = [prefix];
  for (const [name, values] of Object.entries(metrics)) {
    const joint = name === Object.keys(metrics)[0] ? "" : "/";
    all = all.flatMap((start) => values.split(" ").map((value) => `${start}${joint}${name}:${value}`));
  }
  return all.filter((_, index) => index % step === 0);
}

const V2 = { AV: "L A N", AC: "H M L", Au: "M S N", C: "N P C", I: "N P C", A: "N P C" };
const V3 = { AV: "N A L P", AC: "L H", PR: "N L H", UI: "N R", S: "U C", C: "N L H", I: "N L H", A: "N L H" };
const V4 = {
  AV: "N A L P",
  AC: "L H",
  AT: "N P",
  PR: "N L H",
  UI: "N P A",
  VC: "H L N",
  VI: "H L N",
  VA: "H L N",
  SC: "H L N",
  SI: "H L N",
  SA: "H L N",
};

describe("scores as another calculator does", () => {
  test.each([
    ["2.0", vectors("", V2), calculator.Cvss2],
    ["3.0", vectors("CVSS:3.0/", V3), calculator.Cvss3P0],
    ["3.1", vectors("CVSS:3.1/", V3), calculator.Cvss3P1],
    ["4.0", vectors("CVSS:4.0/", V4, 19), calculator.Cvss4P0],
  ] as const)("vectors of %s", (_, all, Calculator) => {
    const differing = all.filter((vector) => {
      const theirs = new Calculator(vector).calculateScores().base;
      return baseScore(vector) !== theirs;
    });
    expect(all.length).toBeGreaterThan(700);
    expect(differing).toEqual([]);
  });
});

const WHOLE = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

test.each([
  "",
  "CRITICAL",
  "9.8",
  "CVSS:3.1/",
  "CVSS:3.1/AV:N",
  "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
  `${WHOLE}/A:N`,
  `${WHOLE}/`,
  `${WHOLE}/X:Y`,
  `${WHOLE}/E:Q`,
  `${WHOLE}/__proto__:toString`,
  WHOLE.replace("AV:N", "AV:n"),
  WHOLE.replace("3.1", "3.2"),
  WHOLE.slice("CVSS:3.1/".length),
  "AV:N/AC:L/Au:N/C:N/I:N",
  "(AV:N/AC:L/Au:N/C:N/I:N/A:C",
  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:S/SA:H",
])("%j has no score", (vector) => {
  expect(baseScore(vector)).toBeUndefined();
});

test("a vector longer than LIMITS.cvssCharacters has none, and no text is an error", () => {
  expect(baseScore(`${WHOLE}${"/E:X".repeat(LIMITS.cvssCharacters)}`)).toBeUndefined();
  const part = fc.constantFrom(
    "CVSS:3.1",
    "CVSS:4.0",
    "AV:N",
    "AC:L",
    "PR:N",
    "UI:N",
    "S:C",
    "C:H",
    ":",
    "A:",
    "(",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join("/")),
      ),
      (text) => {
        const score = baseScore(text) ?? 0;
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(10);
      },
    ),
    { seed: 5 },
  );
});
