import { describe, expect, test } from "vitest";
import { IMAGE_ALONE, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { type AnyRule, defineRule, type Outcome } from "../../contract/rule.ts";
import type { JudgedTrial } from "../../contract/trial-facts.ts";
import { asDeployed } from "./as-deployed.ts";

const TEXT = { fr: "t", en: "t" };
const NOTE = { message: TEXT, fingerprint: "n" };
const ADDED = [
  { fr: "trial.env A a donné cela", en: "trial.env A gave it" },
  { fr: "ConfigMap w deux fois", en: "ConfigMap w twice" },
];

function rule(outcome: Outcome): AnyRule {
  const texts = { title: TEXT, why: TEXT, remedy: TEXT };
  return asDeployed(
    defineRule({ id: "1.2-x", rows: ["stdout-logs"], ...texts, needs: ["trial"], check: () => outcome }),
  );
}

function outcomeOf(outcome: Outcome, facts: Parameters<typeof trialFacts>[0], reservations = ADDED): Outcome {
  const trial: JudgedTrial = Object.assign(trialFacts(facts), { reservations });
  return rule(outcome).check({ trial });
}

describe("a trial that rested on what the manifest does not give", () => {
  test.each<Outcome>([
    { status: "pass", proof: TEXT, notes: [NOTE] },
    { status: "n/a", reason: TEXT, notes: [NOTE] },
  ])("proves nothing, and names it: $status", (outcome) => {
    expect(outcomeOf(outcome, {})).toEqual({
      status: "unproven",
      reason: {
        fr: "non observé tel que déployé : trial.env A a donné cela ; ConfigMap w deux fois",
        en: "not observed as it is deployed: trial.env A gave it; ConfigMap w twice",
      },
      settle: {
        fr: expect.stringContaining("douane trial -f"),
        en: expect.stringContaining("douane trial -f"),
      },
      notes: [NOTE],
    });
    expect(outcomeOf({ ...outcome, notes: [] }, {}, [])).toEqual({ ...outcome, notes: [] });
  });

  test("is settled as its reservations say, each once, and else by the manifest", () => {
    const own = { fr: "sans terminal", en: "no terminal", settle: { fr: "Retirer tty.", en: "Remove tty." } };
    const settles = (reservations: typeof ADDED): string | undefined => {
      const outcome = outcomeOf({ status: "pass", proof: TEXT }, {}, reservations);
      return outcome.status === "unproven" ? outcome.settle?.en : undefined;
    };
    expect(settles([own])).toBe("Remove tty.");
    expect(settles([...ADDED, own])).toMatch(/^Remove tty\. Declare it in the manifest, [^.]*\.$/);
  });

  test("has no notes of its own", () => {
    expect(outcomeOf({ status: "pass", proof: TEXT }, {})).not.toHaveProperty("notes");
  });

  test("refutes all the same: a setting takes no finding away", () => {
    const fail: Outcome = { status: "fail", findings: [NOTE] };
    expect(outcomeOf(fail, {})).toEqual(fail);
  });
});

describe("what was not given to the container", () => {
  const names = ["A", "B", "C", "D", "E", "F"].map((name) => `trial.env ${name}`);
  const facts = (withheld: readonly string[]) => ({ facts: { inputs: { ...IMAGE_ALONE, withheld } } });

  test("is named where nothing was observed", () => {
    const open: Outcome = { status: "unproven", reason: TEXT, settle: { fr: "Donner.", en: "Give." } };
    expect(outcomeOf(open, facts(["trial.env A"]))).toMatchObject({
      settle: {
        fr: expect.stringMatching(/^Donner\. Non donné, .* : trial\.env A\. Le déclarer/),
        en: expect.stringMatching(/^Give\. Not given, .*: trial\.env A\. Declare it/),
      },
    });
    expect(outcomeOf({ status: "unproven", reason: TEXT }, facts(names))).toMatchObject({
      settle: { en: expect.stringMatching(/^Not given, .*: trial\.env A, .*trial\.env E, …\. Declare/) },
    });
  });

  test("is not, where all was given", () => {
    const open: Outcome = { status: "unproven", reason: TEXT };
    expect(outcomeOf(open, facts([]))).toEqual(open);
    expect(rule(open).check({ trial: trialFacts({ facts: { inputs: undefined as never } }) })).toEqual(open);
  });
});

test("rules that need no trial stay as they are", () => {
  const texts = { title: TEXT, why: TEXT, remedy: TEXT };
  const check = (): Outcome => ({ status: "pass", proof: TEXT });
  const own = defineRule({
    id: "1.2-y",
    rows: ["stdout-logs"],
    ...texts,
    needs: ["workload"],
    uses: ["trial"],
    check,
  });
  expect(asDeployed(own)).toBe(own);
});
