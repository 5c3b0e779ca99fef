import { describe, expect, test } from "vitest";
import { digestOf, imageFacts } from "../../test/fixtures/image-facts.ts";
import {
  asked,
  exits,
  hook,
  http,
  probe,
  server,
  type TrialSketch,
  trialFacts,
} from "../../test/fixtures/trial-facts.ts";
import { LETTERS, TRIAL_ROWS } from "../../test/fixtures/trial-rows.ts";
import { judge } from "../contract/judge.ts";
import type { DependencyFailure, TrialDependencyFacts } from "../contract/trial-dependency.ts";
import { RULES } from "../rules/index.ts";
import { phaseRun } from "./phase-run.ts";
import { unobserved } from "./unobserved.ts";

const DATABASE: TrialDependencyFacts = {
  name: "db.internal",
  image: "postgres:17",
  imageId: digestOf(0xdb),
  ports: [5432],
  readyMs: 900,
};
const NEVER = { "read-only": null, writable: null, restart: null, replica: null } as const;

/** A trial beside a database that failed so. */
function beside(failure: Partial<DependencyFailure> | undefined, sketch: TrialSketch = {}) {
  const dependency =
    failure === undefined
      ? DATABASE
      : { ...DATABASE, failure: { was: "exited", ms: 0, ...failure } as const };
  return trialFacts({ ...sketch, facts: { dependencies: [dependency] } });
}

const TRIAL_RULES = RULES.filter(({ needs }) => needs.includes("trial"));

function letters(trial: ReturnType<typeof trialFacts>): string {
  const collected = { image: imageFacts(), trial };
  const { rows } = judge({ name: "app", images: [] }, [{ collected }], {
    rules: TRIAL_RULES,
    accepted: { acceptances: [], today: "2026-11-24" },
  });
  return TRIAL_ROWS.map((id) => LETTERS[rows.find((row) => row.id === id)?.answer ?? "unproven"]).join("");
}

describe("what the application did is proven only beside a database that lived", () => {
  const good = letters(beside(undefined));

  test("which changes nothing, and is named in the proofs", () => {
    expect(good).toBe(letters(trialFacts()));
    expect(good).toContain("y");
  });

  test.each([
    ["before the first phase", { was: "not-ready", ms: 0 }, NEVER],
    ["in the first phase", { ms: 500 }, {}],
    ["in the last phase", { ms: 3_800 }, {}],
    [
      "and the application with it",
      { ms: 10 },
      { "read-only": exits(1), writable: exits(1), replica: exits(1), restart: null },
    ],
    [
      "and answers are errors",
      { ms: 10 },
      { "read-only": server({ more: [http("/", "home", { status: 500 })] }) },
    ],
    [
      "and probes fail",
      { ms: 10 },
      { "read-only": server({ more: [probe("5432", { ok: false, error: "refused" })] }) },
    ],
    [
      "and hooks fail",
      { ms: 10 },
      { restart: [...server(), hook("preStop", { ok: false, error: "exit 1" })] },
    ],
    [
      "and it does not stop",
      { ms: 10 },
      { restart: server({ end: { kind: "exit", by: "stop", afterMs: 30_000, forced: true } }) },
    ],
  ] satisfies readonly [string, Partial<DependencyFailure>, TrialSketch][])(
    "it failed %s: neither yes nor no",
    (_, failure, sketch) => {
      expect(letters(beside(failure, sketch))).toMatch(/^[?-]+$/);
    },
  );
});

test.each([
  [
    { was: "start-failed", said: "exec /start: no such file" },
    "the dependency db.internal (postgres:17) could not start; it said: exec /start: no such file",
    "Give db.internal what it lacks: env, command or args in trial.dependencies (douane.yaml).",
  ],
  [
    { code: 1, withheld: true },
    "the dependency db.internal (postgres:17) ended, code 1; its output is not shown, since it was given values of .env, env_file or --compose-env",
    "Give db.internal what it lacks: env, command or args in trial.dependencies (douane.yaml).",
  ],
  [
    { was: "not-ready" },
    "the dependency db.internal (postgres:17) was not ready in time",
    "Correct ports or ready of db.internal, or raise ready.timeout, in trial.dependencies (douane.yaml).",
  ],
  [
    { code: 1, said: "Error: superuser password is not specified.\n  See the documentation." },
    "the dependency db.internal (postgres:17) ended, code 1; it said: Error: superuser password is not specified.",
    "Give db.internal what it lacks: env, command or args in trial.dependencies (douane.yaml).",
  ],
  [
    { was: "exited" },
    "the dependency db.internal (postgres:17) ended",
    "Give db.internal what it lacks: env, command or args in trial.dependencies (douane.yaml).",
  ],
  [
    { outOfMemory: true },
    "the dependency db.internal (postgres:17) was ended, out of memory",
    "Give db.internal more memory: memory in trial.dependencies (douane.yaml).",
  ],
] satisfies readonly [Partial<DependencyFailure>, string, string][])(
  "%j is said, with what helps",
  (failure, reason, settle) => {
    const trial = beside({ ms: 10, ...failure });
    expect(unobserved(trial, phaseRun(trial, "writable"))).toMatchObject({
      reason: { en: `not observed: ${reason}` },
      settle: { en: settle },
    });
  },
);

test("who looks for another name is told the names that are there", () => {
  const trial = beside(undefined, { "read-only": [asked("db"), ...exits(1)] });
  expect(unobserved(trial, phaseRun(trial, "read-only")).settle?.en).toMatch(
    /^Declare db in trial\.dependencies .* There run beside it: db\.internal\.$/,
  );
});

test("what could not even be started says so itself", () => {
  const failed = { kind: "start-failed", message: "exec: no such file" } as const;
  const trial = beside({ ms: 10 }, { "read-only": [failed] });
  expect(phaseRun(trial, "read-only").state).toBe("start-failed");
});

test("of two the first to fail is named", () => {
  const failure = { was: "exited", ms: 20 } as const;
  const later = { ...DATABASE, name: "cache", failure: { was: "exited", ms: 900 } as const };
  const trial = trialFacts({ facts: { dependencies: [later, { ...DATABASE, failure }] } });
  const reason = { en: expect.stringContaining("the dependency db.internal (") };
  expect(unobserved(trial, phaseRun(trial, "restart"))).toMatchObject({ reason });
});
