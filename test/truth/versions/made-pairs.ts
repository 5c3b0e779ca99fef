import fc from "fast-check";
import type { Pair, VersionOracle } from "./version-oracle.ts";

/**
 * Pairs of real versions, half of them changed a little: orders go wrong on versions that differ in one
 * place.
 */
export function madePairs(
  { versions, words }: Pick<VersionOracle, "versions" | "words">,
  count: number,
  seed: number,
): readonly Pair[] {
  const piece = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom("0", "1", "2", "9", "10", "00", "01", "20240131", "99999999999999999999"),
  );
  const real = fc.constantFrom(...versions);
  const changed = fc.tuple(real, fc.nat(), fc.nat({ max: 3 }), piece).map(([version, at, length, put]) => {
    const start = at % (version.length + 1);
    return version.slice(0, start) + put + version.slice(start + length);
  });
  const pair = fc.oneof(
    fc.tuple(real, real),
    fc.tuple(changed, real),
    fc.tuple(real, fc.nat(), piece).map(([version, at, put]): Pair => {
      const start = at % (version.length + 1);
      return [version, version.slice(0, start) + put + version.slice(start)];
    }),
    fc.tuple(real, fc.nat(), piece, piece).map(([version, at, one, other]): Pair => {
      const start = at % (version.length + 1);
      const [head, tail] = [version.slice(0, start), version.slice(start)];
      return [head + one + tail, head + other + tail];
    }),
  );
  return fc.sample(pair, { numRuns: count, seed });
}
