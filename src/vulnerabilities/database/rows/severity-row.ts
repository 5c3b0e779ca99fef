import type { StatedSeverity } from "../../advisory.ts";

/**
 * Severity: author, vector, score of 0 to 10, and word; missing values are "" or -1, and omitted at the end.
 */
export type SeverityRow = readonly [by: string, vector?: string, score?: number, word?: string];

export function severityRow({ by, vector = "", score = -1, word = "" }: StatedSeverity): SeverityRow {
  if (word !== "") return [by, vector, score, word];
  return score < 0 ? [by, vector] : [by, vector, score];
}

export function statedSeverity([by, vector = "", score = -1, word = ""]: SeverityRow): StatedSeverity {
  return {
    by,
    ...(vector === "" ? {} : { vector }),
    ...(score < 0 ? {} : { score }),
    ...(word === "" ? {} : { word }),
  };
}
