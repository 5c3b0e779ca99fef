import { type Metrics, metricsOf, parseVector, type Vector } from "./vector.ts";

const METRICS: Metrics = {
  base: metricsOf({
    AV: "N A L P",
    AC: "L H",
    PR: "N L H",
    UI: "N R",
    S: "U C",
    C: "N L H",
    I: "N L H",
    A: "N L H",
  }),
  others: metricsOf({
    E: "X H F P U",
    RL: "X U W T O",
    RC: "X C R U",
    CR: "X H M L",
    IR: "X H M L",
    AR: "X H M L",
    MAV: "X N A L P",
    MAC: "X L H",
    MPR: "X N L H",
    MUI: "X N R",
    MS: "X U C",
    MC: "X N L H",
    MI: "X N L H",
    MA: "X N L H",
  }),
};

const IMPACT = { N: 0, L: 0.22, H: 0.56 };
const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  /** Values of PR if the scope changes. */
  "PR:C": { N: 0.85, L: 0.68, H: 0.5 },
  UI: { N: 0.85, R: 0.62 },
  C: IMPACT,
  I: IMPACT,
  A: IMPACT,
};

/**
 * Base score by https://www.first.org/cvss/v3-1/specification-document, 7.1 and appendix A; version 3.0 has
 * the same formula. Undefined for an invalid vector.
 *
 * @param text vector without `CVSS:3.1/`
 */
export function baseScoreV3(text: string): number | undefined {
  const vector = parseVector(text, METRICS);
  if (vector === undefined) return undefined;
  const isChanged = vector.get("S") === "C";
  const unharmed = ["C", "I", "A"].reduce((left, name) => left * (1 - weight(vector, name)), 1);
  const base = 1 - unharmed;
  const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  if (impact <= 0) return 0;
  const privileges = weight(vector, "PR", isChanged ? "PR:C" : "PR");
  const exploitability =
    8.22 * weight(vector, "AV") * weight(vector, "AC") * privileges * weight(vector, "UI");
  const sum = impact + exploitability;
  return roundedUp(Math.min(isChanged ? 1.08 * sum : sum, 10));
}

function weight(vector: Vector, name: string, table = name): number {
  return WEIGHTS[table]?.[vector.get(name) ?? ""] ?? 0;
}

/** Rounded up to one decimal, without floating-point errors (appendix A). */
function roundedUp(score: number): number {
  const exact = Math.round(score * 100_000);
  return exact % 10_000 === 0 ? exact / 100_000 : (Math.floor(exact / 10_000) + 1) / 10;
}
