// `npm run fuzz [-- TARGET… --minutes=10 --seed=1 --blind]`: mutates inputs, keeps those that reach new code,
// and prints each forbidden error with the seed and the smallest input that causes it.
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz/fuzz.ts";
import { TARGETS } from "./fuzz/targets.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    executions: { type: "string" },
    blind: { type: "boolean", default: false },
  },
});
const unknown = positionals.filter((name) => TARGETS.every((target) => target.name !== name));
if (unknown.length > 0) {
  throw new Error(`no target ${unknown.join(", ")}: ${TARGETS.map(({ name }) => name).join(", ")}`);
}
const targets = positionals.length === 0 ? TARGETS : TARGETS.filter(({ name }) => positionals.includes(name));
const most = values.executions === undefined ? Infinity : Number(values.executions);
for (const target of targets) {
  const end = performance.now() + (Number(values.minutes) * 60_000) / targets.length;
  const goesOn = (executions: number) => executions < most && performance.now() < end;
  const found = await fuzz(target, { seed: Number(values.seed), goesOn, blind: values.blind });
  console.log(
    `${target.name}: ${found.executions} executions, ${found.blocks} blocks, ${found.corpus} inputs`,
  );
  for (const { problem, input } of found.findings) {
    process.exitCode = 1;
    console.log(`  ${problem}\n  seed ${values.seed}, base64 ${input.toString("base64")}`);
  }
}
