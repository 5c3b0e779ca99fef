import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { RULES } from "../src/rules/index.ts";
import { WITHOUT_FILES } from "./fixtures/check-rule.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";

const ROOT = join(import.meta.dirname, "..");
const ASKING = RULES.filter(({ files = [] }) => files.length > 0).map(({ id }) => id);

/** Report of vitest's reporter `json` on the files that ran. */
interface Report {
  readonly testResults: readonly {
    /** Path of the file. */
    readonly name: string;
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
}

// Each test file tests its one rule: taken from all at once, `files` is taken from each alone.
test("of every rule that asks for files, a case of its own fails when it asks for none", () => {
  const tests = ASKING.flatMap((id) => globSync(`src/rules/*/${id}.test.ts`, { cwd: ROOT }));
  expect(tests).toHaveLength(ASKING.length);
  const failing = run(tests)
    .testResults.filter(({ assertionResults }) =>
      assertionResults.some(({ failureMessages: [first = ""] }) => first.startsWith("AssertionError")),
    )
    .map(({ name }) => basename(name, ".test.ts"));
  expect(ASKING.filter((id) => !failing.includes(id))).toEqual([]);
});

/** Runs these tests in a vitest of their own, all rules without their files. */
function run(tests: readonly string[]): Report {
  const output = join(temporaryDirectory(), "report.json");
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const options = ["--reporter=json", `--outputFile=${output}`, "--pool=threads", "--no-isolate"];
  spawnSync(process.execPath, [vitest, "run", ...options, ...tests], {
    cwd: ROOT,
    env: { ...process.env, [WITHOUT_FILES]: "1" },
    stdio: "ignore",
  });
  return JSON.parse(readFileSync(output, "utf8"));
}
