import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MODULE = fileURLToPath(new URL("./v8-threads.ts", import.meta.url));

/** Functions that TurboFan optimises in a busy program after `setting`. */
function optimized(setting: string): string {
  const program = `
    import { allowV8Threads } from ${JSON.stringify(MODULE)};
    ${setting}
    let sum = 0;
    function hot(n) { let s = 0; for (let i = 0; i < n; i++) s += i % 7; return s; }
    for (let round = 0; round < 20_000; round++) sum += hot(2_000);`;
  const args = ["--trace-opt", "--input-type=module-typescript", "--eval", program];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout
    .split("\n")
    .filter((line) => line.includes("completed optimizing") && line.includes("TURBOFAN"))
    .join("\n");
}

test("TurboFan rests while V8's threads may not work, and works again", () => {
  expect(optimized("allowV8Threads(false);")).not.toContain("hot");
  expect(optimized("allowV8Threads(false); allowV8Threads(true);")).toContain("hot");
});

test("a V8 that is not known is left as it is", () => {
  for (const version of ["12.4.254.21-node.57", "15.0.1"]) {
    expect(optimized(`allowV8Threads(false, "${version}");`)).toContain("hot");
  }
});
