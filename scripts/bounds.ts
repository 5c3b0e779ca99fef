// `npm run bounds [-- BOUND…]`: runs the bundled command on input that reaches each bound, and prints time
// and memory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BOUND_CASES, isReached, nameOf } from "../test/fixtures/bounds/cases.ts";
import { measured } from "../test/fixtures/bounds/measured.ts";

const wanted = process.argv.slice(2);
for (const one of BOUND_CASES.filter(({ bound }) => wanted.length === 0 || wanted.includes(bound))) {
  const folder = mkdtempSync(join(tmpdir(), "douane-bounds-"));
  try {
    const taken = await measured(one, folder);
    const { exit, processorSeconds, megabytes, said } = taken;
    const numbers = `${processorSeconds.toFixed(1).padStart(5)} s ${megabytes.toFixed(0).padStart(4)} MB  exit ${exit}`;
    console.log(`${nameOf(one).padEnd(50)} ${numbers}${isReached(one, taken) ? "" : "  NOT REACHED"}`);
    if (wanted.length > 0) console.log(said);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
