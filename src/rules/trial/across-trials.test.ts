import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exits, said, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { type AnyRule, defineRule, type Outcome } from "../../contract/rule.ts";
import type { JudgedTrial } from "../../contract/trial-facts.ts";
import { acrossTrials } from "./across-trials.ts";

const text = (words: string) => ({ fr: words, en: words });
const finding = (name: string) => ({ message: text(name), fingerprint: name });
const TEXT = text("t");

const PASS: Outcome = { status: "pass", proof: text("seen") };
const FAIL: Outcome = { status: "fail", findings: [finding("closed port")] };
const PRESUMED: Outcome = { status: "fail", findings: [finding("perhaps")], presumed: true };
const NONE: Outcome = { status: "n/a", reason: text("no server") };
const UNSEEN: Outcome = { status: "unproven", reason: text("not observed") };
const DOUBT: Outcome = { status: "unproven", reason: text("perhaps"), settle: text("look"), doubtful: true };
const UNREADABLE: Outcome = { status: "unproven", reason: text("garbled"), unreadable: true };

/** A rule whose outcome on each trial is set by the duration of the trial, its index in the list. */
function ruleOf(outcomes: readonly Outcome[], needs: "trial" | "placement" = "trial"): AnyRule {
  const check = ({ trial }: { trial?: JudgedTrial }): Outcome => outcomes[trial?.durationMs ?? 0] ?? UNSEEN;
  return acrossTrials(
    defineRule({
      id: "1.3-x",
      rows: ["bind-all"],
      title: TEXT,
      why: TEXT,
      remedy: TEXT,
      needs: [needs],
      uses: needs === "trial" ? [] : ["trial"],
      check,
    }),
  );
}

function trial(index: number, sketch: Parameters<typeof trialFacts>[0] = {}): JudgedTrial {
  const facts = trialFacts({ ...sketch, facts: { durationMs: index } });
  return Object.assign(facts, { source: text(`${index}.json`) });
}

/** Outcome of a rule with these outcomes on the trials, in this order. */
function joined(
  outcomes: readonly Outcome[],
  order: readonly number[] = outcomes.map((_, at) => at),
): Outcome {
  const [first = trial(0), ...others] = order.map((at) => trial(at));
  return ruleOf(outcomes).check({ trial: Object.assign(first, { others }) });
}

describe("several trials of one container", () => {
  test.each<[string, readonly Outcome[], object]>([
    [
      "that all prove",
      [PASS, { ...PASS, proof: text("too") }],
      { status: "pass", proof: { fr: "seen ; too", en: "seen; too" } },
    ],
    ["that all refute", [FAIL, FAIL], FAIL],
    ["that refute by different findings", [FAIL, PRESUMED], { status: "fail" }],
    ["that all presume", [PRESUMED, PRESUMED], PRESUMED],
    ["that are all out of scope", [NONE, NONE], NONE],
    ["that all saw nothing", [UNSEEN, UNSEEN], UNSEEN],
    ["that doubt", [UNSEEN, DOUBT], { status: "unproven", doubtful: true, settle: text("look") }],
    ["that cannot be read", [UNSEEN, UNREADABLE], { status: "unproven", unreadable: true }],
    ["one of which saw nothing: the other proves by itself", [UNSEEN, PASS], PASS],
    ["one of which saw nothing: the other refutes by itself", [UNSEEN, FAIL], FAIL],
    ["one of which doubts: the other refutes", [DOUBT, FAIL], FAIL],
    ["one of which had nothing to serve", [NONE, PASS], PASS],
  ])("%s agree", (_, outcomes, expected) => {
    expect(joined(outcomes)).toMatchObject(expected);
  });

  test("all presumed and one certain make a certain fail", () => {
    expect(joined([FAIL, PRESUMED])).not.toHaveProperty("presumed");
  });

  test.each<[string, Outcome, Outcome]>([
    ["a no and a yes", FAIL, PASS],
    ["a no and a case without application", FAIL, NONE],
    ["a presumed no and a yes", PRESUMED, PASS],
    ["a doubt and a yes", DOUBT, PASS],
    ["unreadable output and a yes", UNREADABLE, PASS],
  ])("%s are a disagreement, which no other rule outweighs", (_, against, holds) => {
    expect(joined([against, holds])).toMatchObject({ status: "unproven", doubtful: true });
  });

  test("that disagree name both sources, and keep what was found as notes", () => {
    const noted: Outcome = { ...PASS, notes: [finding("a note")] };
    const outcome = joined([FAIL, noted]);
    expect(outcome).toMatchObject({
      reason: {
        fr: "des essais du même conteneur se contredisent : contre, 0.json (closed port) ; pour, 1.json",
        en: "trials of the same container disagree: against it, 0.json (closed port); for it, 1.json",
      },
      notes: [finding("closed port"), finding("a note")],
    });
    expect(joined([DOUBT, PASS])).not.toHaveProperty("notes");
    const [first, second] = [0, 1].map((durationMs) => trialFacts({ facts: { durationMs } }));
    const unnamed = { trial: Object.assign(first ?? trial(0), { others: [second ?? trial(1)] }) };
    expect(ruleOf([FAIL, PASS]).check(unnamed)).toMatchObject({ status: "unproven" });
  });

  test("one of which did not start speaks against the other, where it saw nothing", () => {
    const died = trial(0, {
      "read-only": exits(1, said("no such file\n")),
      writable: exits(1, said("no\n")),
    });
    const check = (first: JudgedTrial) =>
      ruleOf([UNSEEN, PASS]).check({ trial: Object.assign(first, { others: [trial(1)] }) });
    expect(check(died)).toMatchObject({ status: "unproven", doubtful: true });
    expect(check(trial(0))).toMatchObject({ status: "pass" });
  });

  test("have their notes once", () => {
    const noted: Outcome = { ...PASS, notes: [finding("n")] };
    expect(joined([noted, noted])).toEqual({ ...noted });
    const failing: Outcome = { ...FAIL, notes: [finding("n")] };
    expect(joined([failing, UNSEEN])).toEqual(failing);
  });
});

test("a single trial, or none, is judged by the rule alone", () => {
  expect(ruleOf([FAIL]).check({ trial: trial(0) })).toBe(FAIL);
  expect(ruleOf([PASS], "placement").check({})).toBe(PASS);
});

test("a rule that may use a trial joins, too; another one is left as it is", () => {
  const given = { trial: Object.assign(trial(0), { others: [trial(1)] }) };
  expect(ruleOf([FAIL, PASS], "placement").check(given)).toMatchObject({ status: "unproven" });
  const own = defineRule({
    id: "1.3-y",
    rows: ["bind-all"],
    title: TEXT,
    why: TEXT,
    remedy: TEXT,
    needs: ["image"],
    check: () => PASS,
  });
  expect(acrossTrials(own)).toBe(own);
});

const outcome = fc.constantFrom(PASS, FAIL, PRESUMED, NONE, UNSEEN, DOUBT, UNREADABLE);
const settles = ({ status }: Outcome) => status === "pass" || status === "n/a";
const grave = (one: Outcome) => ({
  status: one.status,
  doubtful: one.status === "unproven" && (one.doubtful ?? one.unreadable ?? false),
});

test("the order of trials changes no answer", () => {
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 2, maxLength: 5 }), fc.integer(), (outcomes, seed) => {
      const order = outcomes.map((_, at) => at).sort((a, b) => ((a * seed) % 7) - ((b * seed) % 7));
      const backwards = outcomes.map((_, at) => at).toReversed();
      const straight = grave(joined(outcomes));
      expect([grave(joined(outcomes, order)), grave(joined(outcomes, backwards))]).toEqual([
        straight,
        straight,
      ]);
    }),
  );
});

test("one more trial makes an answer good only if it does so by itself and nothing spoke against it", () => {
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 1, maxLength: 4 }), outcome, (before, added) => {
      const [was, is] = [joined(before), joined([...before, added])];
      if (settles(was) || !settles(is)) return;
      expect(settles(added)).toBe(true);
      expect(before.every((one) => one === UNSEEN || one === NONE)).toBe(true);
    }),
  );
});

test("a trial that refutes leaves no good answer, whatever the others say", () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 4 }), fc.nat(4), (others, at) => {
      expect(settles(joined(others.toSpliced(at, 0, FAIL)))).toBe(false);
    }),
  );
});
