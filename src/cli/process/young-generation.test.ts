import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MODULE = fileURLToPath(new URL("./young-generation.ts", import.meta.url));

/** Size of the young generation, in megabytes, in a program that retains much memory after `setting`. */
function youngMegabytes(setting: string): number {
  const program = `
    import { getHeapSpaceStatistics } from "node:v8";
    import { boundYoungGeneration } from ${JSON.stringify(MODULE)};
    ${setting}
    const kept = [];
    for (let i = 0; i < 1_000_000; i++) kept.push({ i, text: \`\${i}\` });
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    process.stdout.write(String(young.space_size / 1024 ** 2));`;
  const args = ["--input-type=module-typescript", "--eval", program];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return Number(stdout);
}

test("a young generation that is bound stays small, and grows again when it is not", () => {
  expect(youngMegabytes("boundYoungGeneration(true);")).toBeLessThan(8);
  expect(youngMegabytes("boundYoungGeneration(true); boundYoungGeneration(false);")).toBeGreaterThan(8);
});

test("a V8 that is not known is left as it is", () => {
  expect(youngMegabytes('boundYoungGeneration(true, "14.1.0");')).toBeGreaterThan(8);
});
