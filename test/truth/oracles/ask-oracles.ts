import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { dockerfiles } from "./dockerfiles.ts";
import { images } from "./images.ts";
import { manifests } from "./manifests.ts";
import type { Answers, Oracle } from "./oracle.ts";

const ORACLES = [manifests, images, dockerfiles];

/**
 * Compares the given number of made inputs with each installed oracle; prints the differences. @returns
 * whether there are none
 */
export async function askOracles(argv: readonly string[]): Promise<boolean> {
  const options = {
    count: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
  } as const;
  const { values } = parseArgs({ args: [...argv], options });
  const folder = mkdtempSync(join(tmpdir(), "douane-oracles-"));
  let isSame = true;
  try {
    for (const oracle of ORACLES) {
      const asked = await ask(
        oracle,
        Number(values.count),
        Number(values.seed),
        join(folder, oracle.programs.join()),
      );
      isSame &&= asked;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return isSame;
}

async function ask(oracle: Oracle, count: number, seed: number, folder: string): Promise<boolean> {
  const absent = oracle.programs.filter((program) => spawnSync(program, ["--help"]).error !== undefined);
  if (absent.length > 0) {
    console.log(`${oracle.name}: not asked, for ${absent.join(", ")} is not installed`);
    return true;
  }
  const answers = await oracle.compare(fc.sample(oracle.inputs, { numRuns: count, seed }), folder);
  const different = answers.filter((one) => kindOf(one) === "different");
  for (const { input, ours, theirs } of different) {
    console.log(`${input}\n  ours:   ${JSON.stringify(ours)}\n  theirs: ${JSON.stringify(theirs)}\n`);
  }
  const counts = Map.groupBy(answers, kindOf);
  const numbers = [...counts]
    .map(([kind, own]) => `${own.length} ${kind}`)
    .sort()
    .join(", ");
  console.log(`${oracle.name}: ${answers.length} asked (seed ${seed}): ${numbers}`);
  return different.length === 0;
}

/** An input refused by only one of the two is judged by nobody, or runs nowhere. */
function kindOf({ ours, theirs }: Answers): string {
  if (JSON.stringify(ours) === JSON.stringify(theirs))
    return ours === "refused" ? "refused by both" : "alike";
  if (ours === "refused") return "refused by us alone";
  return theirs === "refused" ? "refused by it alone" : "different";
}
