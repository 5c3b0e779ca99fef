import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText, yamlText } from "../../test/fixtures/manifest-texts.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { evaluate } from "../contract/evaluate.ts";
import { ruleOf } from "../rules/index.ts";
import { fixText } from "./fix-text.ts";
import { CAPABILITIES, REMEDIES } from "./remedies.ts";
import { unifiedDiff } from "./unified-diff.ts";

const cluster = { minor: 37 };
const options = { cluster, writable: [], endpoints: new Map() };
const rules = [...REMEDIES, CAPABILITIES].map(({ rule }) => ruleOf(rule));

describe("whatever a manifest looks like, fixed once", () => {
  test.each([
    ["YAML", yamlText, 200],
    ["JSON", jsonText, 100],
  ])("%s passes Restricted, keeps its comments, and is not fixed again", (_, texts, numRuns) => {
    fc.assert(
      fc.property(texts, ({ text, comments }) => {
        const fixed = fixText("m.yaml", text, options);
        expect(fixed.workloads.length).toBeGreaterThan(0);
        for (const { after, refused } of fixed.workloads) {
          expect(refused).toBeUndefined();
          for (const { outcome, rule } of evaluate(rules, { workload: after.facts, cluster })) {
            expect([rule.id, outcome.status]).toEqual([rule.id, "pass"]);
          }
          const { containers, initContainers } = after.facts.pod.spec;
          for (const { securityContext } of [...containers, ...initContainers]) {
            expect(securityContext?.readOnlyRootFilesystem).toBe(true);
          }
        }
        const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
        expect(new Set([lineBreak, ...(fixed.text.match(/\r?\n/g) ?? [])])).toEqual(new Set([lineBreak]));
        for (const comment of comments) expect(fixed.text.split(comment)).toHaveLength(2);
        expect(fixText("m.yaml", fixed.text, options).text).toBe(fixed.text);
      }),
      { numRuns },
    );
  });
});

test("git apply and patch make of the diff the very bytes of the fixed text", () => {
  const cwd = temporaryDirectory();
  const file = join(cwd, "m.yaml");
  fc.assert(
    fc.property(fc.oneof(yamlText, jsonText), fc.boolean(), ({ text }, git) => {
      const fixed = fixText("m.yaml", text, options);
      const diff = unifiedDiff("m.yaml", text, fixed.text, fixed.origins);
      writeFileSync(file, text);
      if (diff !== "" && git)
        execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd, input: diff });
      else if (diff !== "") execFileSync("patch", ["-p1", "--binary", "--silent"], { cwd, input: diff });
      expect(readFileSync(file, "utf8")).toBe(fixed.text);
    }),
    { numRuns: 40 },
  );
});
