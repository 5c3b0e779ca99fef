import { expect, test } from "vitest";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import { asMasked } from "../../test/fixtures/masked.ts";
import { server, trialFacts } from "../../test/fixtures/trial-facts.ts";
import type { TrialSubject } from "../contract/trial-subject.ts";
import { type Binding, boundTo } from "./trial-binding.ts";

const TRIAL = trialFacts({ facts: { envNames: ["A", "PATH"], mounts: ["/data", "/tmp"] } });
const { imageId, platform, argv, cwd, user, capabilities, envNames, mounts } = TRIAL;
const SUBJECT: TrialSubject = { imageId, platform, argv, cwd, user, capabilities, envNames, mounts };

const BOUND = { bound: true, reservations: [] };

/** Binding of an image without a manifest; compare-inputs.test.ts covers values. */
function bind(subject: TrialSubject, trial = TRIAL): Binding {
  return boundTo(trial, { subject, stopSignal: "SIGTERM" });
}

test("a trial counts for what it ran with, names and mounts in any order", () => {
  expect(bind(SUBJECT)).toEqual(BOUND);
  expect(bind({ ...SUBJECT, envNames: ["PATH", "A"], mounts: ["/tmp", "/data"] })).toEqual(BOUND);
  const [one, other] = [
    [7, 8],
    [8, 7, 7],
  ].map((supplementalGroups) => ({ ...user, supplementalGroups }));
  const grouped = asMasked({ ...TRIAL, user: one ?? user });
  expect(bind({ ...SUBJECT, user: other ?? user }, grouped)).toEqual(BOUND);
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
    "directory",
    { cwd: "/srv" },
    "the trial started in the directory /, not /srv",
    /dans le répertoire \/, et non \/srv$/,
  ],
  [
    "user",
    { user: { ...user, runAs: "0" } },
    "the trial ran as the user 1000, not 0",
    /sous l'utilisateur 1000, et non 0$/,
  ],
  [
    "group",
    { user: { ...user, runAsGroup: 0 } },
    "the groups of the trial differ: none but the image's, not runAsGroup 0",
    /: aucun de plus que l'image, et non runAsGroup 0$/,
  ],
  [
    "groups of volumes",
    { user: { ...user, fsGroup: 2_000, supplementalGroups: [8, 7] } },
    "the groups of the trial differ: none but the image's, not fsGroup 2000, supplementalGroups 7 8",
    /et non fsGroup 2000, supplementalGroups 7 8$/,
  ],
  [
    "policy of groups",
    { user: { ...user, supplementalGroupsPolicy: "Strict" } },
    "the groups of the trial differ: none but the image's, not supplementalGroupsPolicy Strict",
    /et non supplementalGroupsPolicy Strict$/,
  ],
  [
    "a capability",
    { capabilities: ["CAP_NET_BIND_SERVICE"] },
    "the capabilities of the trial differ: without CAP_NET_BIND_SERVICE",
    /capacités de l'essai diffèrent : sans CAP_NET_BIND_SERVICE$/,
  ],
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
    const binding = bind({ ...SUBJECT, ...changes });
    expect(binding).toMatchObject({
      bound: false,
      difference: { en: expect.stringMatching(en), fr: expect.stringMatching(fr) },
    });
  },
);

test("one that was stopped by another signal, or ran for another lifetime, counts for nothing", () => {
  const subject = { subject: SUBJECT, stopSignal: "SIGTERM" } as const;
  expect(boundTo(TRIAL, { ...subject, stopSignal: "SIGQUIT" })).toMatchObject({
    difference: { en: "the trial is about the stop signal SIGTERM, not SIGQUIT" },
  });
  for (const stopSignal of ["15", "TERM"]) expect(boundTo(TRIAL, { ...subject, stopSignal })).toEqual(BOUND);
  expect(boundTo(TRIAL, { ...subject, lifetime: "batch" })).toMatchObject({
    difference: { en: "the trial is about the lifetime server, not batch" },
  });
  expect(boundTo(TRIAL, { ...subject, lifetime: "server" })).toEqual(BOUND);
});

test("one of a version that bound names alone counts for nothing, and says to try again", () => {
  const { inputs: _, ...older } = TRIAL;
  expect(bind(SUBJECT, asMasked(older))).toEqual({
    bound: false,
    difference: {
      fr: expect.stringContaining("refaire l'essai (douane trial)"),
      en: expect.stringContaining("try again (douane trial)"),
    },
  });
});

// Seconds of preStop, of the stop, and of the judged grace period.
test.each<[number, number, number, string | undefined]>([
  [0, 20, 30, undefined],
  [0, 20, 20, undefined],
  [0, 20, 10, "the application took 20 s to stop, and terminationGracePeriodSeconds gives 10"],
  [2, 3, 5, undefined],
  [
    2,
    3,
    4,
    "the application took 3 s to stop, after 2 s of preStop, and terminationGracePeriodSeconds gives 4",
  ],
  // The kubelet leaves two seconds after preStop, but no more than the whole period.
  [5, 2, 5, undefined],
  [
    5,
    2.1,
    5,
    "the application took 2.1 s to stop, after 5 s of preStop, and terminationGracePeriodSeconds gives 5",
  ],
  [
    1,
    1.5,
    1,
    "the application took 1.5 s to stop, after 1 s of preStop, and terminationGracePeriodSeconds gives 1",
  ],
])("of a preStop of %d s and a stop of %d s, within %d s: %s", (before, took, grace, en) => {
  const end = { kind: "exit", by: "stop", afterMs: took * 1_000, code: 0 } as const;
  const hook = { kind: "hook", hook: "preStop", does: "sleep", ok: true, tookMs: before * 1_000 } as const;
  const hooks = before === 0 ? [] : [hook];
  const slow = trialFacts({ restart: [...server({ end }), ...hooks], facts: { envNames, mounts } });
  const judged = { subject: SUBJECT, stopSignal: "SIGTERM", lifetime: "server" } as const;
  const bound = boundTo(slow, { ...judged, graceMs: grace * 1_000 });
  expect(bound).toMatchObject({ bound: true, reservations: en === undefined ? [] : [{ en }] });
});

test.each([
  ["server", 599, 1],
  ["server", 600, 0],
  ["batch", 0, 0],
] as const)(
  "a trial of a %s that looked for %d ms after the requests has %d reservations",
  (lifetime, settleMs, count) => {
    const settings = { ...TRIAL.settings, lifetime, settleMs };
    const binding = boundTo(asMasked({ ...TRIAL, settings }), { subject: SUBJECT, stopSignal: "SIGTERM" });
    expect(binding).toMatchObject({ bound: true });
    expect("reservations" in binding ? binding.reservations : []).toHaveLength(count);
  },
);

test.each<[number | undefined, number | undefined, number | undefined, boolean]>([
  [undefined, 1_000, 1_000, true],
  [1_000, undefined, 1_000, true],
  [1_000, 1_000, undefined, true],
  [undefined, 0, 1_000, false],
  [undefined, 1_000, undefined, false],
  [0, 1_000, 1_000, false],
])("runAsGroup %s, then %s, of an image that gives %s: the same is %s", (tried, judged, imageGroup, same) => {
  const withGroup = (runAsGroup: number | undefined) =>
    runAsGroup === undefined ? user : { ...user, runAsGroup };
  const trial = asMasked({ ...TRIAL, user: withGroup(tried) });
  const subject = { ...SUBJECT, user: withGroup(judged) };
  const given = imageGroup === undefined ? {} : { imageGroup };
  expect(boundTo(trial, { subject, stopSignal: "SIGTERM", ...given }).bound).toBe(same);
});

test.each(["/", "", "//"])("the root by another name, %j, is the same directory", (root) => {
  expect(bind({ ...SUBJECT, cwd: root })).toEqual(BOUND);
});

test("a uid and a name of one account are the same user", () => {
  const subject = { ...SUBJECT, user: { ...user, runAs: "app" } };
  const isSameAccount = (one: string, other: string) => `${one} ${other}` === "1000 app";
  expect(boundTo(TRIAL, { subject, stopSignal: "SIGTERM", isSameAccount })).toEqual(BOUND);
  const other = { ...SUBJECT, user: { ...user, runAs: "web" } };
  expect(boundTo(TRIAL, { subject: other, stopSignal: "SIGTERM", isSameAccount }).bound).toBe(false);
});
