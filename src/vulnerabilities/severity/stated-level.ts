import {
  type StatedLevel,
  VULNERABILITY_LEVELS,
  type VulnerabilityLevel,
} from "../../contract/vulnerability-facts.ts";
import type { StatedSeverity } from "../advisory.ts";
import { baseScore } from "../cvss/base-score.ts";

/** Levels by severity word; the authors of records use different words. */
const WORDS: ReadonlyMap<string, VulnerabilityLevel> = new Map([
  ["critical", "critical"],
  ["high", "high"],
  ["important", "high"],
  ["medium", "medium"],
  ["moderate", "medium"],
  ["low", "low"],
  ["minor", "low"],
  ["negligible", "negligible"],
  ["none", "negligible"],
  ["unimportant", "negligible"],
]);

/**
 * One level per author: CVSS 4 takes precedence over 3 and 2; within a version, the most severe level counts.
 */
export function statedLevels(stated: readonly StatedSeverity[]): readonly StatedLevel[] {
  const all = [...Map.groupBy(stated, ({ by }) => by)].flatMap(([by, theirs]) => {
    const levels = theirs.flatMap((one) => levelsOf(by, one));
    const newest = Math.max(...levels.map(({ cvss }) => cvss));
    const one = highestSeverity(levels.filter(({ cvss }) => cvss === newest || cvss === BY_WORD));
    return one === undefined ? [] : [one];
  });
  return all
    .map(({ by, level, score }) => ({ by, level, ...(score === undefined ? {} : { score }) }))
    .toSorted((a, b) => (a.by < b.by ? -1 : 1));
}

/** The most severe level; undefined if there is none. */
export function highestSeverity<L extends StatedLevel>(levels: readonly L[]): L | undefined {
  return levels.reduce<L | undefined>(
    (worst, one) => (worst === undefined || isGraver(one, worst) ? one : worst),
    undefined,
  );
}

function isGraver(one: StatedLevel, other: StatedLevel): boolean {
  const rank = VULNERABILITY_LEVELS.indexOf(one.level) - VULNERABILITY_LEVELS.indexOf(other.level);
  return rank < 0 || (rank === 0 && (one.score ?? 0) > (other.score ?? 0));
}

interface Level extends StatedLevel {
  /** Major version of CVSS; BY_WORD for a word. */
  readonly cvss: number;
}

const BY_WORD = 0;

function levelsOf(by: string, { vector, score, word }: StatedSeverity): readonly Level[] {
  const scored = vector === undefined ? undefined : baseScore(vector);
  const value = scored ?? score;
  const named = word === undefined ? undefined : WORDS.get(word.toLowerCase());
  return [
    ...(value === undefined ? [] : [{ by, level: levelOf(value), score: value, cvss: versionOf(vector) }]),
    ...(named === undefined ? [] : [{ by, level: named, cvss: BY_WORD }]),
  ];
}

function versionOf(vector = ""): number {
  const [, major] = /^CVSS:(\d)\./.exec(vector) ?? [];
  return major === undefined ? 2 : Number(major);
}

/** Level by CVSS' qualitative scale (https://www.first.org/cvss/v4.0/specification-document, table 22). */
function levelOf(score: number): VulnerabilityLevel {
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "negligible";
}
