import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { writeAnswers } from "./answers.ts";
import { CAMPAIGN_ORACLES } from "./campaign-oracles.ts";
import { madePairs } from "./made-pairs.ts";
import { ORACLES } from "./oracles.ts";
import { differences } from "./version-oracle.ts";

/**
 * Orders the given number of made pairs with each ecosystem's own installed program; prints the differences.
 * `--write` keeps the programs' answers for the tests.
 *
 * @returns whether there are no differences
 */
export function askVersions(argv: readonly string[]): boolean {
  const options = {
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    write: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  if (values.write) writeAnswers([...ORACLES, ...CAMPAIGN_ORACLES]);
  let isSame = true;
  for (const oracle of [...ORACLES, ...CAMPAIGN_ORACLES]) {
    const { name } = oracle.scheme;
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const absent = oracle.programs.filter((program) => spawnSync(program, ["--version"]).error !== undefined);
    if (absent.length > 0) {
      console.log(`${name}: not asked, for ${absent.join(", ")} is not installed`);
      continue;
    }
    const pairs = madePairs(oracle, Number(values.count), Number(values.seed));
    const found = differences(oracle, pairs);
    for (const { pair, ours, theirs } of found) {
      console.log(`${name}: ${pair.join(" against ")}: ours ${ours}, theirs ${theirs}`);
    }
    const ordered = pairs.filter(([a, b]) => oracle.scheme.compare(a, b) !== undefined).length;
    console.log(
      `${name}: ${pairs.length} pairs (seed ${values.seed}), ${ordered} of them of versions: ${found.length} ordered otherwise`,
    );
    isSame &&= found.length === 0;
  }
  return isSame;
}
