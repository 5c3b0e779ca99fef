import { type Metrics, metricsOf, parseVector, type Vector } from "./vector.ts";

const METRICS: Metrics = {
  base: metricsOf({ AV: "L A N", AC: "H M L", Au: "M S N", C: "N P C", I: "N P C", A: "N P C" }),
  others: metricsOf({
    E: "U POC F H ND",
    RL: "OF TF W U ND",
    RC: "UC UR C ND",
    CDP: "N L LM MH H ND",
    TD: "N L M H ND",
    CR: "L M H ND",
    IR: "L M H ND",
    AR: "L M H ND",
  }),
};

const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
};

/** Base score by https://www.first.org/cvss/v2/guide, 3.2.1; undefined for an invalid vector. */
export function baseScoreV2(text: string): number | undefined {
  const bare = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text;
  const vector = parseVector(bare, METRICS);
  if (vector === undefined) return undefined;
  const [av, ac, au, c, i, a] = ["AV", "AC", "Au", "C", "I", "A"].map((name) => weight(vector, name));
  const impact = 10.41 * (1 - (1 - (c ?? 0)) * (1 - (i ?? 0)) * (1 - (a ?? 0)));
  const exploitability = 20 * (av ?? 0) * (ac ?? 0) * (au ?? 0);
  const score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact === 0 ? 0 : 1.176);
  return Math.round(score * 10) / 10;
}

function weight(vector: Vector, name: string): number {
  return WEIGHTS[name]?.[vector.get(name) ?? ""] ?? 0;
}
