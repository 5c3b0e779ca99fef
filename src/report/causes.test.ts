import { describe, expect, test } from "vitest";
import { ADMITTED, IMAGE_ALONE, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import type { RowId } from "../contract/rows.ts";
import type { JudgedFinding, RowVerdict, Verdict } from "../contract/verdict.ts";
import { type Cause, Causes } from "./causes.ts";

function causesOf(...verdicts: readonly Verdict[]): readonly Cause[] {
  const causes = new Causes();
  for (const verdict of verdicts) causes.add(verdict);
  return causes.list();
}

function finding(rule: JudgedFinding["rule"], what: string, remedy = "repair"): JudgedFinding {
  const message = { fr: `${what} (fr)`, en: what };
  return {
    rule,
    message,
    remedy: { fr: remedy, en: remedy },
    fingerprint: `${rule}:${what}`,
    presumed: false,
  };
}

/** An admitted verdict but for rows that are refused by these findings. */
function refusedBy(found: Partial<Record<RowId, readonly JudgedFinding[]>>): Verdict {
  const rows = ADMITTED.rows.map((row): RowVerdict => {
    const findings = found[row.id];
    return findings === undefined ? row : { ...row, answer: "no", findings };
  });
  return { ...ADMITTED, admitted: "no", rows };
}

const ESCALATION = finding("1.1-privilege-escalation", "absent");

describe("causes", () => {
  test("what is said of several subjects is one cause, with all of them", () => {
    const one = refusedBy({ "no-escalation": [ESCALATION] });
    const [cause] = causesOf(one, ADMITTED, one);
    expect(cause).toMatchObject({ answer: "no", row: "no-escalation", subjects: [0, 2], alone: 2 });
    expect(cause?.message).toEqual(ESCALATION.message);
  });

  test("what most subjects have in common comes first, behind nothing that weighs less", () => {
    const seccomp = refusedBy({ seccomp: [finding("1.1-seccomp", "absent")] });
    const both = refusedBy({
      seccomp: [finding("1.1-seccomp", "absent")],
      "no-escalation": [ESCALATION],
      "immutable-tag": [finding("3.2-immutable-tag", "latest")],
    });
    const tag = refusedBy({ "immutable-tag": [finding("3.2-immutable-tag", "main")] });
    const rules = causesOf(both, seccomp, tag, tag).flatMap(({ answer, rule }) =>
      answer === "no" ? [rule] : [],
    );
    expect(rules).toEqual(["1.1-seccomp", "1.1-privilege-escalation", "3.2-immutable-tag"]);
  });

  test("where each has its own words there are none for all", () => {
    const [cause] = causesOf(
      refusedBy({ "bind-all": [finding("1.3-bind", "127.0.0.1:80"), finding("1.3-bind", "::1", "other")] }),
    );
    expect(cause).toMatchObject({ rule: "1.3-bind", subjects: [0] });
    expect(cause).not.toHaveProperty("message");
    expect(cause).not.toHaveProperty("remedy");
  });

  test("a finding of several rows counts in the strictest", () => {
    const shared = finding("1.4-no-secrets", "key");
    const found = causesOf(refusedBy({ "no-baked-state": [shared], "env-config": [shared] }));
    expect(found.filter(({ rule }) => rule === "1.4-no-secrets")).toHaveLength(1);
  });

  test("beside a recommendation one thing alone can refuse; beside another requirement it cannot", () => {
    const tag = finding("3.2-immutable-tag", "latest");
    const [first, second] = causesOf(
      refusedBy({ "no-escalation": [ESCALATION], "immutable-tag": [tag] }),
      refusedBy({ "no-escalation": [ESCALATION], seccomp: [finding("1.1-seccomp", "absent")] }),
    );
    expect([first?.rule, first?.alone, second?.alone]).toEqual(["1.1-privilege-escalation", 1, 0]);
  });

  test("missing evidence is a cause with its command, a doubt one with its rule", () => {
    const causes = causesOf(IMAGE_ALONE, UNPROVEN, REFUSED);
    const missing = causes.find(({ evidence }) => evidence === "workload");
    expect(missing).toMatchObject({ answer: "unproven", command: "douane check MANIFEST" });
    expect(causes.some(({ answer, rule }) => answer === "unproven" && rule !== undefined)).toBe(true);
    expect(causes.some(({ evidence, command }) => evidence !== undefined && command === undefined)).toBe(
      true,
    );
  });

  test("nothing keeps an admitted subject back", () => {
    expect(causesOf(ADMITTED).filter(({ category }) => category === "mandatory")).toEqual([]);
  });
});
