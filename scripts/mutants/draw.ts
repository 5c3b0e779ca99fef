import { createHash } from "node:crypto";
import type { Mutant } from "./instrument.ts";

/** A mutant with its source file, relative to the repository. */
export interface Candidate extends Mutant {
  readonly file: string;
}

export interface Draw {
  /** Share of all mutants, from 0 to 1. */
  readonly share: number;
  /** Number of mutants of each room (`src/sbom`); absent: the share decides. */
  readonly count: number | undefined;
  readonly seed: string;
}

/** Draws mutants by seed: the same code draws the same mutants, whatever else changes. */
export function drawn(candidates: readonly Candidate[], draw: Draw): readonly Candidate[] {
  const ranked = withRanks(candidates, draw.seed);
  if (draw.count === undefined)
    return ranked.filter(({ rank }) => rank < draw.share).map(({ candidate }) => candidate);
  const rooms = [...Map.groupBy(ranked, ({ candidate }) => roomOf(candidate.file)).values()];
  return rooms
    .flatMap((own) => own.toSorted((a, b) => a.rank - b.rank).slice(0, draw.count))
    .map(({ candidate }) => candidate);
}

/** `src/sbom` of `src/sbom/purl.ts` */
export function roomOf(file: string): string {
  return file.split("/").slice(0, 2).join("/");
}

/** Ranks from 0 to 1, of a mutant's own text: lines above it may move. */
function withRanks(candidates: readonly Candidate[], seed: string) {
  const seen = new Map<string, number>();
  return candidates.map((candidate) => {
    const { file, kind, original, text } = candidate;
    const key = [file, kind, original, text].join("\n");
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const hash = createHash("sha1").update(`${seed}\n${key}\n${nth}`).digest();
    return { candidate, rank: hash.readUInt32BE() / 2 ** 32 };
  });
}
