import { type Classes, scoreOf } from "./cvss-v4-scores.ts";
import { type Metrics, metricsOf, parseVector, type Vector } from "./vector.ts";

const METRICS: Metrics = {
  base: metricsOf({
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
  }),
  others: metricsOf({
    E: "X A P U",
    CR: "X H M L",
    IR: "X H M L",
    AR: "X H M L",
    MAV: "X N A L P",
    MAC: "X L H",
    MAT: "X N P",
    MPR: "X N L H",
    MUI: "X N P A",
    MVC: "X H L N",
    MVI: "X H L N",
    MVA: "X H L N",
    MSC: "X H L N",
    MSI: "X S H L N",
    MSA: "X S H L N",
    S: "X N P",
    AU: "X N Y",
    R: "X A U I",
    V: "X D C",
    RE: "X L M H",
    U: "X Clear Green Amber Red",
  }),
};

/**
 * Base score (CVSS-B) by https://www.first.org/cvss/v4-0/specification-document, 8.2. Undefined for an
 * invalid vector.
 *
 * @param text vector without `CVSS:4.0/`
 */
export function baseScoreV4(text: string): number | undefined {
  const vector = parseVector(text, METRICS);
  if (vector === undefined) return undefined;
  if (["VC", "VI", "VA", "SC", "SI", "SA"].every((name) => vector.get(name) === "N")) return 0;
  const classes = classesOf(vector);
  const score = scoreOf(classes) ?? 0;
  const drops = dropsOf(vector, classes, score);
  const mean = drops.reduce((sum, drop) => sum + drop, 0) / drops.length;
  return Math.round((Math.max(0, Math.min(10, score - mean)) + 1e-6) * 10) / 10;
}

function classesOf(vector: Vector): Classes {
  const is = (stated: string): boolean => {
    const [name = "", value = ""] = stated.split(":");
    return vector.get(name) === value;
  };
  const easy = ["AV:N", "PR:N", "UI:N"].filter(is).length;
  const high = ["VC:H", "VI:H", "VA:H"].some(is);
  return {
    eq1: easy === 3 ? 0 : easy === 0 || is("AV:P") ? 2 : 1,
    eq2: is("AC:L") && is("AT:N") ? 0 : 1,
    eq3eq6: is("VC:H") && is("VI:H") ? "00" : high ? "10" : "21",
    eq4: ["SC:H", "SI:H", "SA:H"].some(is) ? 1 : 2,
  };
}

/**
 * Reduction of the score per class: proportional to the vector's distance from the worst vectors of its
 * class, on the way to the next lower class. Classes with a lower class count even if their reduction is
 * zero.
 */
function dropsOf(vector: Vector, classes: Classes, score: number): readonly number[] {
  const drop = (lower: Partial<Classes>, worst: readonly string[], depth: number): readonly number[] => {
    const next = scoreOf({ ...classes, ...lower });
    return next === undefined ? [] : [((score - next) * distance(vector, worst)) / depth];
  };
  const { eq1, eq2, eq3eq6, eq4 } = classes;
  const lowest = LOWER_EQ3_EQ6[eq3eq6]?.toSorted(
    (a, b) => (scoreOf({ ...classes, eq3eq6: b }) ?? 0) - (scoreOf({ ...classes, eq3eq6: a }) ?? 0),
  );
  return [
    ...drop({ eq1: eq1 + 1 }, WORST_EQ1[eq1] ?? [], [1, 4][eq1] ?? 1),
    ...drop({ eq2: eq2 + 1 }, WORST_EQ2, 1),
    ...drop({ eq3eq6: lowest?.[0] ?? "" }, WORST_EQ3_EQ6[eq3eq6] ?? [], DEPTH_EQ3_EQ6[eq3eq6] ?? 1),
    ...drop({ eq4: eq4 + 1 }, WORST_EQ4, 5),
    // EQ5, the threat, has its worst value.
    0,
  ];
}

// Worst vectors and depths of the classes that have a lower class.
const WORST_EQ1 = [["AV:N/PR:N/UI:N"], ["AV:A/PR:N/UI:N", "AV:N/PR:L/UI:N", "AV:N/PR:N/UI:P"]];
const WORST_EQ2 = ["AC:L/AT:N"];
const WORST_EQ3_EQ6: Readonly<Record<string, readonly string[]>> = {
  "00": ["VC:H/VI:H/VA:H"],
  "10": ["VC:L/VI:H/VA:H", "VC:H/VI:L/VA:H"],
};
const WORST_EQ4 = ["SC:H/SI:H/SA:H"];
const LOWER_EQ3_EQ6: Readonly<Record<string, readonly string[]>> = { "00": ["01", "10"], "10": ["11"] };
const DEPTH_EQ3_EQ6: Readonly<Record<string, number>> = { "00": 7, "10": 8 };

/** Number of steps from the first of the worst vectors that is in no metric better than the vector. */
function distance(vector: Vector, worst: readonly string[]): number {
  for (const stated of worst) {
    const steps = stated.split("/").map((part) => {
      const [name = "", value = ""] = part.split(":");
      const levels = METRICS.base[name] ?? [];
      return levels.indexOf(vector.get(name) ?? "") - levels.indexOf(value);
    });
    if (steps.every((step) => step >= 0)) return steps.reduce((sum, step) => sum + step, 0);
  }
  return 0;
}
