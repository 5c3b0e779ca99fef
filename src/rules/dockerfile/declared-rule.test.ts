import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { stopSignal } from "../start/1.4-stop-signal.ts";
import { declaredRule } from "./declared-rule.ts";

const TEXT = { fr: "x", en: "x" };

test("a finding of the image as a whole stands where the program is started", () => {
  const rule = declaredRule("1.4-dockerfile-x", {
    ...stopSignal,
    check: () => ({ status: "fail", findings: [{ message: TEXT, fingerprint: "1.4-x:a:b" }] }),
  });
  expect(summary(rule, 'FROM a\nCMD ["x"]')).toMatchObject({ answer: "fail", at: ["2:1"] });
});

test("the rule keeps its sibling's rows, and findings bear its own name", () => {
  const rule = declaredRule("1.4-dockerfile-x", {
    ...stopSignal,
    check: () => ({
      status: "unproven",
      reason: TEXT,
      notes: [{ message: TEXT, fingerprint: "1.4-x:a:b", at: { path: "config.Cmd" } }],
    }),
  });
  expect(rule).toMatchObject({ id: "1.4-dockerfile-x", rows: stopSignal.rows, needs: ["dockerfile"] });
  expect(summary(rule, "FROM a")).toMatchObject({ answer: "pass", notes: ["undefined:undefined"] });
});
