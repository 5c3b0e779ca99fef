import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LANGS } from "../src/contract/text.ts";
import { sarif } from "../src/report/sarif.ts";
import { RULES } from "../src/rules/index.ts";
import { reportText } from "./fixtures/report-text.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, RULE_WORDS, UNPROVEN } from "./fixtures/verdicts.ts";
import { DOCKERFILE, SKIPPED, WORKLOADS } from "./fixtures/workload-verdicts.ts";

const MULTITOOL = join(
  import.meta.dirname,
  "sarif-validator/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool",
);

/** Rules known to be broken: SARIF2005 wants a web page of the tool, and douane has none yet. */
const KNOWN = ["SARIF2005"];

/** Rules of the SARIF authors' validator that the log breaks: errors and warnings. */
function brokenRules(log: string): readonly string[] {
  const folder = temporaryDirectory();
  const [file, output] = [join(folder, "douane.sarif"), join(folder, "validated.sarif")];
  writeFileSync(file, log);
  chmodSync(MULTITOOL, 0o755);
  execFileSync(MULTITOOL, ["validate", file, "--output", output, "--log", "ForceOverwrite"], {
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
    stdio: "ignore",
  });
  const { runs } = JSON.parse(readFileSync(output, "utf8")) as {
    runs: readonly { results?: readonly { ruleId: string; level?: string }[] }[];
  };
  const results = runs.flatMap((run) => run.results ?? []);
  return [...new Set(results.filter(({ level }) => level !== "note").map(({ ruleId }) => ruleId))];
}

describe("the validator of SARIF's authors", () => {
  test.each(LANGS)("finds nothing wrong in a report of every kind, in %s", (lang) => {
    const verdicts = [REFUSED, REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED, DOCKERFILE, ...WORKLOADS];
    const rules = [...RULE_WORDS, ...RULES.filter(({ id }) => RULE_WORDS.every((one) => one.id !== id))];
    const log = reportText(
      sarif,
      { verdicts, errors: PROBLEMS, skipped: SKIPPED },
      { lang, version: "0.1.0", rules },
    );
    expect(brokenRules(log)).toEqual(KNOWN);
  });

  test("would find it", () => {
    const log = reportText(
      sarif,
      { verdicts: [REFUSED] },
      { lang: "en", version: "0.1.0", rules: RULE_WORDS },
    );
    expect(brokenRules(log.replace('"startLine": 31', '"startLine": 0'))).toContain("SARIF1007");
  });
});
