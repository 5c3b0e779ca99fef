// Rules reason on a container's start, the trial runs it: both agree with Kubernetes.

import { expect, test } from "vitest";
import { SERVICE_VARIABLES } from "../src/start/service-variables.ts";
import { bothStarts } from "./fixtures/starts/both-starts.ts";
import { COMMAND_LINES } from "./fixtures/starts/command-lines.ts";
import { ENVIRONMENTS } from "./fixtures/starts/environments.ts";
import { BASE_START, type Start, type StartCase } from "./fixtures/starts/start-case.ts";
import { USERS } from "./fixtures/starts/users.ts";

const CASES = [...COMMAND_LINES, ...ENVIRONMENTS, ...USERS];

test("the table has 60 containers and more, none twice", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(60);
  expect(new Set(CASES.map(({ what }) => what)).size).toBe(CASES.length);
});

const STARTING = CASES.filter(({ refused }) => refused === undefined);

test.each(STARTING)("rule and trial start what Kubernetes does: $what", async (one) => {
  const { rule, trial } = await bothStarts(one);
  const { argv, cwd, env, user, stopSignal } = expected(one, one.starts?.env);
  if ("refused" in trial) throw new Error(trial.refused);
  const { subject, ...process } = trial;
  const given = { ...Object.fromEntries(SERVICE_VARIABLES), ...env };
  expect(process).toEqual({ argv, cwd, env: given, user, stopSignal });
  const known = one.ruleKnows ?? {};
  expect(rule).toEqual({
    argv: known.argv ?? argv,
    cwd,
    env: expected(one, known.env ?? one.starts?.env).env,
    user,
    stopSignal,
    isOpen: one.invalid === true,
    isInjected: one.container?.envFrom !== undefined,
  });
  expect(subject.argv).toEqual(rule.argv);
  expect(subject.cwd).toBe(cwd);
  expect(subject.envNames).toEqual([...Object.keys(env), "HOSTNAME"].toSorted());
});

test.each(CASES.filter(({ refused }) => refused !== undefined))("nothing starts: $what", async (one) => {
  const { rule, trial } = await bothStarts(one);
  expect(trial).toEqual({ refused: one.refused });
  expect(rule.user).toEqual(one.refused === "trial-user" ? undefined : expected(one).user);
});

const HALF_KNOWN = STARTING.filter(({ ruleKnows, image }) => {
  return ruleKnows !== undefined && image?.Env === undefined;
});

test.each(HALF_KNOWN)("what rules know for certain is so: $what", async (one) => {
  const { rule, trial } = await bothStarts(one);
  const found: Readonly<Record<string, string>> = "env" in trial ? trial.env : {};
  const certain = Object.entries(rule.env).filter(([, value]) => !value.includes("$("));
  expect(found).toMatchObject(Object.fromEntries(certain));
});

function expected({ image, starts = {} }: StartCase, env: Start["env"] = {}): Start {
  const base = image?.Env === undefined ? BASE_START.env : {};
  return { ...BASE_START, ...starts, env: { ...base, ...env } };
}
