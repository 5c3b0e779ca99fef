import { expect, test } from "vitest";
import { madePairs } from "./made-pairs.ts";
import { ORACLES } from "./oracles.ts";
import { differences } from "./version-oracle.ts";

test.each(ORACLES.map((oracle) => [oracle.scheme.name, oracle] as const))(
  "%s: made pairs are ordered as the ecosystem's own program does (`npm run truth -- versions` makes more)",
  (_, oracle) => {
    const pairs = madePairs(oracle, 300, 2);
    expect(differences(oracle, pairs)).toEqual([]);
    const ordered = pairs.filter(([a, b]) => oracle.scheme.compare(a, b) !== undefined);
    expect(ordered.length).toBeGreaterThan(100);
  },
);
