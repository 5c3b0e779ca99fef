import { describe, expect, test } from "vitest";
import { ADMITTED, IMAGE_ALONE, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import type { RowId } from "../contract/rows.ts";
import type { JudgedFinding, RowVerdict, Verdict } from "../contract/verdict.ts";
import { type CauseGroup, Causes } from "./causes.ts";

function causesOf(...verdicts: readonly Verdict[]): Causes {
  const causes = new Causes();
  for (const verdict of verdicts) causes.add(verdict);
  return causes;
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
  test("what is said of several applications is one cause, with all of them", () => {
    const one = refusedBy({ "no-escalation": [ESCALATION] });
    const [cause] = causesOf(one, ADMITTED, one).of("refused");
    expect(cause).toMatchObject({ row: "no-escalation", rule: "1.1-privilege-escalation", among: [0, 2] });
    expect(cause).toMatchObject({ message: ESCALATION.message, applications: 2, alone: 2, places: 2 });
  });

  test("what most applications have in common comes first; what decides nothing stands apart", () => {
    const seccomp = refusedBy({ seccomp: [finding("1.1-seccomp", "absent")] });
    const both = refusedBy({
      "no-escalation": [ESCALATION],
      seccomp: [finding("1.1-seccomp", "absent")],
      "immutable-tag": [finding("3.2-immutable-tag", "latest")],
    });
    const causes = causesOf(both, seccomp);
    expect(causes.of("refused").map(({ rule, applications, alone }) => [rule, applications, alone])).toEqual([
      ["1.1-seccomp", 2, 1],
      ["1.1-privilege-escalation", 1, 0],
    ]);
    expect(causes.of("advised").map(({ rule }) => rule)).toContain("3.2-immutable-tag");
  });

  test("of a rule that says something else each time, only so much is told apart", () => {
    const findings = Array.from({ length: 9 }, (_, index) => finding("1.3-bind", `port ${index}`));
    const bound = causesOf(refusedBy({ "bind-all": findings })).of("refused");
    expect(bound.map(({ message, places }) => [message.en, places])).toEqual([
      ["port 0", 1],
      ["port 1", 1],
      ["port 2", 1],
      ["port 3", 1],
      ["port 4", 1],
      ["other findings of this rule", 4],
    ]);
  });

  test("a finding of several rows counts in the strictest", () => {
    const shared = finding("1.4-no-secrets", "key");
    const causes = causesOf(refusedBy({ "no-baked-state": [shared], "env-config": [shared] }));
    expect(causes.of("refused")).toHaveLength(1);
    expect(causes.of("advised").filter(({ rule }) => rule === "1.4-no-secrets")).toEqual([]);
  });

  test("a cause that a hundred have names the first", () => {
    const one = refusedBy({ "no-escalation": [ESCALATION] });
    const [cause] = causesOf(...Array.from({ length: 100 }, () => one)).of("refused");
    expect([cause?.applications, cause?.among.length]).toEqual([100, 50]);
  });

  test("missing evidence is a cause with its command, where there is one", () => {
    const causes = causesOf(IMAGE_ALONE, UNPROVEN, REFUSED).of("open");
    const missing = causes.find(({ evidence }) => evidence === "workload");
    expect(missing).toMatchObject({ command: "douane check MANIFEST" });
  });

  test("so is evidence that no command gathers yet", () => {
    const rows = ADMITTED.rows.map(
      (row): RowVerdict =>
        row.id === "bind-all" ? { ...row, answer: "unproven", missing: [{ evidence: "sbom" }] } : row,
    );
    const [cause] = causesOf({ ...ADMITTED, admitted: "unproven", rows }).of("open");
    expect(cause).toMatchObject({ evidence: "sbom", row: "bind-all" });
    expect(cause).not.toHaveProperty("command");
  });

  test("a doubt that no further evidence would settle is a cause with its rule", () => {
    const reason = { fr: "terminée", en: "it ended" };
    const doubts = [
      { rule: "1.3-bind", reason, settle: reason, container: "web" },
      { rule: "1.3-health", reason },
    ] as const;
    const rows = ADMITTED.rows.map(
      (row): RowVerdict => (row.id === "bind-all" ? { ...row, answer: "unproven", doubts } : row),
    );
    const open = causesOf({ ...ADMITTED, admitted: "unproven", rows }).of("open");
    expect(open).toMatchObject([
      { rule: "1.3-bind", message: reason, remedy: reason, first: { container: "web" } },
      { rule: "1.3-health", message: reason },
    ]);
  });

  test("an application is told which causes are its own", () => {
    const causes = new Causes();
    const verdicts = [REFUSED, ADMITTED, UNPROVEN];
    const numbers = verdicts.map((verdict) => causes.add(verdict));
    for (const { number, among } of ["refused", "open", "advised"].flatMap((group) =>
      causes.of(group as CauseGroup),
    )) {
      expect(numbers.flatMap((own, index) => (own.includes(number) ? [index] : []))).toEqual(among);
    }
  });

  test("nothing keeps an admitted application back", () => {
    const causes = causesOf(ADMITTED);
    expect([...causes.of("refused"), ...causes.of("open")]).toEqual([]);
  });
});
