import type { Figure, Measurements } from "../figures.ts";
import { statisticsOf } from "../statistics.ts";
import { MATCHING_SUBJECTS, type Matching } from "./matching.ts";

const MOST_MORE_MS = 40;

/** Figures of comparing packages with vulnerability data. */
export function matchingFigures(
  measurements: Measurements,
  { matchMs, affectedMs }: ReturnType<Matching["said"]>,
): readonly Figure[] {
  return [
    milliseconds(
      "10,000 components, 400 of them known, against 300,000 advisories, after opening",
      100,
      matchMs,
    ),
    milliseconds("500 advisories against what 10,000 images hold", 2_000, affectedMs),
    ...costFigure(measurements),
  ];
}

/** Median of the rounds' differences, in which a temporary slowdown of the machine cancels out. */
function costFigure(measurements: Measurements): readonly Figure[] {
  const without = measurements.get(MATCHING_SUBJECTS.without);
  const walls = measurements.get(MATCHING_SUBJECTS.with)?.walls;
  if (without === undefined || walls === undefined) return [];
  const more = statisticsOf(walls.map((wall, round) => wall - (without.walls[round] ?? Number.NaN))).median;
  return [milliseconds("warm, large image, with vulnerability data more than without", MOST_MORE_MS, more)];
}

function milliseconds(what: string, limit: number, measured: number): Figure {
  return { what, target: `≤ ${limit} ms`, measured: `${measured.toFixed(0)} ms`, met: measured <= limit };
}
