import { expect, test } from "vitest";
import type { HookFacts } from "../../contract/pod-facts.ts";
import type { HookPlan } from "../../trial/plan/plan.ts";
import { trialHooks } from "./hooks.ts";

const PORTS = [{ name: "http", containerPort: 8080 }];
const at = (port: number, path = "/") => ({ port, path, scheme: "http", headers: {} }) as const;

test.each<[HookFacts, HookPlan | undefined]>([
  [{ exec: { command: ["drain", "$(PORT)"] } }, { exec: ["drain", "$(PORT)"] }],
  [{ httpGet: { port: "http", path: "drain" } }, { http: at(8080, "/drain") }],
  [{ httpGet: { port: 81 } }, { http: at(81) }],
  [{ httpGet: { port: 81, scheme: "HTTPS" } }, { http: { ...at(81), scheme: "https" } }],
  [{ sleep: { seconds: 5 } }, { sleepMs: 5_000 }],
  [{ sleep: {} }, { sleepMs: 0 }],
  [{ sleep: { seconds: -5 } }, { sleepMs: 0 }],
  [{ exec: { command: ["a"] }, sleep: { seconds: 5 } }, { exec: ["a"] }],
  [{ tcpSocket: { port: 81 } }, undefined],
  [{ httpGet: { port: "none" } }, undefined],
  [{ httpGet: { port: 81, host: "other.example" } }, undefined],
  [{ exec: { command: [] } }, undefined],
  [{}, undefined],
])("the hook %j is %j", (hook, plan) => {
  const env = [{ name: "PORT", value: "1" }];
  const spec = { ports: PORTS, env, lifecycle: { preStop: hook } };
  expect(trialHooks(spec)).toEqual(plan === undefined ? {} : { preStop: plan });
  expect(trialHooks({ ...spec, lifecycle: { postStart: hook } })).toEqual(
    plan === undefined ? {} : { postStart: plan },
  );
});

test("who has no manifest has no hooks", () => {
  expect(trialHooks(undefined)).toEqual({});
  expect(trialHooks({})).toEqual({});
});
