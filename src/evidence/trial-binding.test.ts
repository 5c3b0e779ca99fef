import { expect, test } from "vitest";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import type { TrialSubject } from "../contract/trial-facts.ts";
import { boundTo } from "./trial-binding.ts";

const TRIAL = trialFacts({ facts: { envNames: ["A", "PATH"], mounts: ["/data", "/tmp"] } });
const { imageId, platform, argv, envNames, mounts } = TRIAL;
const SUBJECT: TrialSubject = { imageId, platform, argv, envNames, mounts };

test("a trial counts for what it ran with, names and mounts in any order", () => {
  expect(boundTo(TRIAL, SUBJECT)).toEqual({ bound: true });
  expect(boundTo(TRIAL, { ...SUBJECT, envNames: ["PATH", "A"], mounts: ["/tmp", "/data"] })).toEqual({
    bound: true,
  });
});

test.each([
  [
    "image",
    { imageId: digestOf(1) },
    /^the trial is about the image sha256:0+b, not sha256:0+1$/,
    /^l'essai porte sur l'image/,
  ],
  [
    "platform",
    { platform: "linux/arm64" },
    "the trial is about the platform linux/amd64, not linux/arm64",
    /plateforme/,
  ],
  [
    "command",
    { argv: ["/app/server", "--x"] },
    "the trial ran `/app/server`, not `/app/server --x`",
    /« \/app\/server --x »/,
  ],
  ["another word", { argv: ["/app/other"] }, "the trial ran `/app/server`, not `/app/other`", /a lancé/],
  ["words that are joined otherwise", { argv: ["/app/server", ""] }, /^the trial ran/, /a lancé/],
  [
    "a variable more",
    { envNames: ["A", "B", "PATH"] },
    "the environment variables of the trial differ: without B",
    /sans B$/,
  ],
  [
    "another variable",
    { envNames: ["B", "PATH"] },
    "the environment variables of the trial differ: without B, with A added",
    /sans B, avec A en plus$/,
  ],
  [
    "a mount less",
    { mounts: ["/tmp"] },
    "the mounts of the trial differ: with /data added",
    /montages de l'essai diffèrent/,
  ],
] satisfies readonly [string, Partial<TrialSubject>, string | RegExp, RegExp][])(
  "%s differs: it is said",
  (_, changes, en, fr) => {
    const binding = boundTo(TRIAL, { ...SUBJECT, ...changes });
    expect(binding).toMatchObject({
      bound: false,
      difference: { en: expect.stringMatching(en), fr: expect.stringMatching(fr) },
    });
  },
);
