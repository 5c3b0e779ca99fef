import { LIMITS } from "../../contract/limits.ts";
import { baseScoreV2 } from "./cvss-v2.ts";
import { baseScoreV3 } from "./cvss-v3.ts";
import { baseScoreV4 } from "./cvss-v4.ts";

const PREFIX_CHARACTERS = "CVSS:3.1/".length;

/** Maximum number of cached scores; a few hundred vectors make up most advisories. */
const KEPT = 2_000;
const SCORES = new Map<string, number | undefined>();

/**
 * Base score of a CVSS vector, 0 to 10 with one decimal: versions 3.0, 3.1 and 4.0 by prefix, 2.0 without a
 * prefix. Undefined if the vector is invalid, lacks a base metric, or has another version.
 */
export function baseScore(vector: string): number | undefined {
  if (vector.length > LIMITS.cvssCharacters) return undefined;
  if (SCORES.has(vector)) return SCORES.get(vector);
  const score = computedScore(vector);
  if (SCORES.size >= KEPT) SCORES.clear();
  SCORES.set(vector, score);
  return score;
}

function computedScore(vector: string): number | undefined {
  const text = vector.trim();
  const metrics = text.slice(PREFIX_CHARACTERS);
  if (text.startsWith("CVSS:3.1/") || text.startsWith("CVSS:3.0/")) return baseScoreV3(metrics);
  return text.startsWith("CVSS:4.0/") ? baseScoreV4(metrics) : baseScoreV2(text);
}
