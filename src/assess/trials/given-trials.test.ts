import { expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { TrialEvidence } from "../../evidence/file.ts";
import { GivenTrials } from "./given-trials.ts";

const ORIGIN = { by: "handed-in", file: "trial.json", douane: "0.1.0" } as const;
const IMAGE = digestOf(1);
const PATH = "spec.containers[0]";
const PLACE = { file: "web.yaml", document: 0, path: PATH };
const ELSEWHERE = { file: "web.yaml", document: 1, path: PATH };
const UNJUDGED = { file: "old.yaml", document: 0, path: PATH };
const isJudged = ({ file }: { readonly file: string }): boolean => file === "web.yaml";

interface Change {
  readonly salt?: number;
  readonly ranAs?: TrialEvidence["ranAs"];
}

function tried({ salt = 0, ranAs }: Change = {}): TrialEvidence {
  const inputs = { salt: `${salt}`, declared: {}, given: [], absent: [], ambiguous: [], withheld: [] };
  const trial = trialFacts({ facts: { imageId: IMAGE, inputs } });
  return { origin: ORIGIN, trial, ...(ranAs === undefined ? {} : { ranAs }) };
}

const many = (count: number, one: (at: number) => TrialEvidence = () => tried()): readonly TrialEvidence[] =>
  Array.from({ length: count }, (_, at) => one(at));

function refused(bound: keyof typeof LIMITS): object {
  const says = expect.stringContaining(`(limit ${bound})`) as string;
  return expect.objectContaining({
    code: "trials-too-many",
    exit: 65,
    text: expect.objectContaining({ en: says }),
  }) as object;
}

test("trials of an image are those of a container's place and of no judged place, then those of others", () => {
  const [alone, here, there, old] = [{}, { ranAs: PLACE }, { ranAs: ELSEWHERE }, { ranAs: UNJUDGED }].map(
    tried,
  );
  const given = new GivenTrials(
    [alone, here, there, old].filter((one) => one !== undefined),
    isJudged,
  );
  expect(given.of(IMAGE, PLACE)).toEqual([alone, old, here]);
  expect(given.ofOthers(IMAGE, PLACE)).toEqual([there]);
  expect(given.of(IMAGE, undefined)).toEqual([alone, old]);
  expect(given.ofOthers(IMAGE, undefined)).toEqual([here, there]);
  expect([given.has(IMAGE), given.has(digestOf(2))]).toEqual([true, false]);
  expect(given.of(digestOf(2), PLACE)).toEqual([]);
  expect(given.ofOthers(digestOf(2), PLACE)).toEqual([]);
});

test("more trials than a run takes are refused, with the bound's name", () => {
  const one = tried();
  const of = (count: number) =>
    new GivenTrials(
      many(count, () => one),
      isJudged,
    );
  expect(() => of(LIMITS.trialsPerRun + 1)).toThrow(refused("trialsPerRun"));
  expect(of(LIMITS.trialsPerRun).all).toHaveLength(LIMITS.trialsPerRun);
});

test("trials of one image with more salts than are digested are refused; of one salt, they may be many", () => {
  const of = (count: number, salts: number) =>
    new GivenTrials(
      many(count, (at) => tried({ salt: at % salts })),
      isJudged,
    );
  const most = LIMITS.trialSaltsPerImage;
  expect(() => of(most + 1, most + 1)).toThrow(refused("trialSaltsPerImage"));
  expect(of(2 * most, most).all).toHaveLength(2 * most);
});

test("comparisons and judged trials are counted over all containers", () => {
  const given = new GivenTrials(many(1_000), isJudged);
  for (let left = LIMITS.trialComparisons; left > 0; left -= 1_000) given.of(IMAGE, PLACE);
  expect(() => given.of(IMAGE, PLACE)).toThrow(refused("trialComparisons"));
  given.count(LIMITS.trialsCounted);
  expect(() => given.count(1)).toThrow(refused("trialsCounted"));
});
