import { expect, test } from "vitest";
import { baseScore } from "./base-score.ts";

const V2 = "AV:N/AC:L/Au:N/C:P/I:P/A:P";
const V3 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const V4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";

/** Optional metrics with all their values: they leave the base score as it is. */
const OTHERS: readonly (readonly [vector: string, score: number, metrics: string])[] = [
  // https://www.first.org/cvss/v2/guide, 2.2 and 2.3
  [
    V2,
    7.5,
    "E:U|POC|F|H|ND RL:OF|TF|W|U|ND RC:UC|UR|C|ND CDP:N|L|LM|MH|H|ND TD:N|L|M|H|ND CR:L|M|H|ND IR:L|M|H|ND AR:L|M|H|ND",
  ],
  // https://www.first.org/cvss/v3.1/specification-document, table 15
  [
    V3,
    9.8,
    "E:X|H|F|P|U RL:X|U|W|T|O RC:X|C|R|U CR:X|H|M|L IR:X|H|M|L AR:X|H|M|L MAV:X|N|A|L|P MAC:X|L|H MPR:X|N|L|H MUI:X|N|R MS:X|U|C MC:X|N|L|H MI:X|N|L|H MA:X|N|L|H",
  ],
  // https://www.first.org/cvss/v4.0/specification-document, table 23
  [
    V4,
    9.3,
    "E:X|A|P|U CR:X|H|M|L IR:X|H|M|L AR:X|H|M|L MAV:X|N|A|L|P MAC:X|L|H MAT:X|N|P MPR:X|N|L|H MUI:X|N|P|A MVC:X|H|L|N MVI:X|H|L|N MVA:X|H|L|N MSC:X|H|L|N MSI:X|S|H|L|N MSA:X|S|H|L|N S:X|N|P AU:X|N|Y R:X|A|U|I V:X|D|C RE:X|L|M|H U:X|Clear|Green|Amber|Red",
  ],
];

test.each(
  OTHERS.flatMap(([vector, score, metrics]) =>
    metrics.split(" ").flatMap((metric) => {
      const [name = "", values = ""] = metric.split(":");
      return values.split("|").map((value) => [`${vector}/${name}:${value}`, score] as const);
    }),
  ),
)("%s has the base score %d", (vector, score) => {
  expect(baseScore(vector)).toBe(score);
});

test.each(
  [V2, V3, V4].flatMap((vector) => [
    `${vector}/E:?`,
    `${vector}/XX:N`,
    `${vector}/`,
    `${vector}/AV:N`,
    `${vector}/toString:N`,
    vector.replace("AC:L", "AC:"),
    vector.replace("AC:L", "AC:Z"),
    vector.replace("/AC:L", ""),
    vector.toLowerCase(),
  ]),
)("%s is no vector", (vector) => {
  expect(baseScore(vector)).toBeUndefined();
});

test("a vector of version 2 may stand in parentheses, and space around a vector is none of it", () => {
  expect([`(${V2})`, ` ${V3}\n`, `(${V2}`, `${V2})`].map(baseScore)).toEqual([
    7.5,
    9.8,
    undefined,
    undefined,
  ]);
  expect(baseScore(V3.replace("3.1", "3.2"))).toBeUndefined();
});

// https://www.first.org/cvss/v2/guide, 3.2.1, calculated by hand
test.each([
  ["AV:L/AC:H/Au:N/C:C/I:C/A:C", 6.2],
  ["AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8],
  ["AV:N/AC:L/Au:N/C:C/I:C/A:C", 10],
  ["AV:N/AC:L/Au:N/C:N/I:N/A:N", 0],
])("%s has the base score %d", (vector, score) => {
  expect(baseScore(vector)).toBe(score);
});
