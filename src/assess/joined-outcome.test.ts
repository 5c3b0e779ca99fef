import { expect, test } from "vitest";
import type { Text } from "../contract/text.ts";
import { joinedOutcome } from "./joined-outcome.ts";

const text = (en: string): Text => ({ fr: `${en} (fr)`, en });
const finding = (rule: string) => ({ fingerprint: rule, message: text(rule), remedy: text("mend") }) as never;
const note = (name: string) => ({ fingerprint: name, message: text(name) }) as never;

const pass = (proof: string) => ({ status: "pass", proof: text(proof) }) as const;
const fail = (...names: readonly [string, ...string[]]) => {
  const [first, ...rest] = names;
  return { status: "fail", findings: [finding(first), ...rest.map(finding)] } as const;
};
const unproven = (reason: string, more: object = {}) =>
  ({ status: "unproven", reason: text(reason), ...more }) as const;

test("a fail counts before all else, with the findings of all that fail", () => {
  expect(joinedOutcome([pass("a"), unproven("b"), fail("c", "d"), fail("e")])).toEqual({
    status: "fail",
    findings: ["c", "d", "e"].map(finding),
  });
});

test("what is unproven or failed with an error leaves it unproven, with all reasons", () => {
  const error = { status: "error", message: "boom" } as const;
  expect(joinedOutcome([pass("a"), unproven("b"), error as never])).toEqual({
    status: "unproven",
    reason: { fr: expect.stringMatching(/b \(fr\).*boom/), en: expect.stringMatching(/b.*boom/) },
  });
});

test("what settles it is joined, and one doubt is enough", () => {
  const joined = joinedOutcome([
    unproven("a", { settle: text("do x") }),
    unproven("b", { doubtful: true }),
    unproven("c", { settle: text("do y") }),
  ]);
  expect(joined).toMatchObject({
    status: "unproven",
    settle: { en: expect.stringMatching(/do x.*do y/) },
    doubtful: true,
  });
  const plain = joinedOutcome([unproven("a")]);
  expect(plain).not.toHaveProperty("doubtful");
  expect(plain).not.toHaveProperty("settle");
  expect(joinedOutcome([unproven("a", { doubtful: false })])).not.toHaveProperty("doubtful");
});

test("it passes only if all pass, with all proofs", () => {
  expect(joinedOutcome([pass("a"), pass("b")])).toEqual({
    status: "pass",
    proof: { fr: expect.stringMatching(/a \(fr\).*b \(fr\)/), en: expect.stringMatching(/a.*b/) },
  });
});

test.each([
  [pass("a"), "pass"],
  [unproven("a"), "unproven"],
  [fail("a"), "fail"],
])("notes of all are kept beside %j", (one, status) => {
  const noted = { ...pass("z"), notes: [note("n"), note("m")] };
  expect(joinedOutcome([noted, one])).toMatchObject({ status, notes: [note("n"), note("m")] });
  expect(joinedOutcome([one])).not.toHaveProperty("notes");
});
