import { describe, expect, test } from "vitest";
import { TEXT } from "../../test/fixtures/said-rules.ts";
import { foundIn, outcomeOf, sortFindings } from "./outcome-of.ts";
import type { Outcome } from "./rule.ts";

const [a, b] = ["a", "b"].map((fingerprint) => ({ message: TEXT, fingerprint }));
const both = [a, b].filter((one) => one !== undefined);
const open: Outcome = { status: "unproven", reason: TEXT };

describe("what was found refutes", () => {
  test("with all of it, and with the notes", () => {
    expect(outcomeOf({ findings: both }, TEXT)).toEqual({ status: "fail", findings: both });
    const notes = both;
    expect(outcomeOf({ findings: both, notes }, open)).toEqual({
      status: "fail",
      findings: both,
      notes,
    });
  });

  test("perhaps, where it is presumed", () => {
    const presumed = { status: "fail", findings: both, presumed: true };
    expect(outcomeOf({ findings: both, presumed: true }, TEXT)).toEqual(presumed);
    expect(outcomeOf({ findings: both, presumed: false }, TEXT)).not.toHaveProperty("presumed");
  });
});

describe("where nothing was found", () => {
  test("the proof stands, with the notes", () => {
    expect(outcomeOf({ findings: [], presumed: true }, TEXT)).toEqual({ status: "pass", proof: TEXT });
    expect(outcomeOf({ findings: [], notes: both }, TEXT)).toEqual({
      status: "pass",
      proof: TEXT,
      notes: both,
    });
  });

  test("another outcome may stand in its place, and keeps its own notes where none are given", () => {
    expect(outcomeOf({ findings: [], notes: [] }, open)).toEqual({ ...open, notes: [] });
    const noted: Outcome = { ...open, notes: both };
    expect(outcomeOf({ findings: [] }, noted)).toEqual(noted);
  });
});

test("of what was judged one by one, some refutes and the rest is noted", () => {
  const judged = both.map((finding, index) => ({ refutes: index === 1, finding }));
  expect(sortFindings(judged)).toEqual({ findings: [b], notes: [a] });
});

test("what was found can be taken from the outcome again", () => {
  const found = { findings: both, presumed: true, notes: both };
  expect(foundIn(outcomeOf(found, TEXT))).toEqual(found);
  expect(foundIn(outcomeOf({ findings: both }, TEXT))).toEqual({
    findings: both,
    presumed: false,
    notes: [],
  });
  expect(foundIn(open)).toEqual({ findings: [], presumed: false, notes: [] });
});
