import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { request } from "../../test/fixtures/trial/subject.ts";
import type { PodPlan, SupervisorMessage } from "./plan/plan.ts";
import { runTrial } from "./run-trial.ts";
import type { TrialOptions } from "./trial-options.ts";

/** A trial whose pods wait until they are told to end or to send a message. */
function begun(apart: boolean) {
  const pods: PodPlan["name"][] = [];
  const saying = new Map<PodPlan["name"], (message: SupervisorMessage) => void>();
  const ending = new Map<PodPlan["name"], () => void>();
  const abort = new AbortController();
  const executor = {
    available: true,
    facts: { name: "runc", version: "1", mode: "root", limits: { memory: "cgroup", processes: "cgroup" } },
    idCount: 65_536,
    pods: {
      plan: ({ name }: Pick<PodPlan, "name">) => ({ name }) as PodPlan,
      run: async ({ name }: PodPlan, say: (message: SupervisorMessage) => void, signal: AbortSignal) => {
        pods.push(name);
        saying.set(name, say);
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        ending.set(name, resolve);
        signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        await promise;
      },
    },
  } as const satisfies TrialOptions["executor"];
  const mask = { text: (text: string) => text, name: (text: string) => text };
  const container = { ...request([], ["serve"]), name: "app", role: "app", mask } as const;
  const trial = runTrial({ executor, containers: [container], apart, signal: abort.signal });
  trial.catch(() => {});
  return { pods, saying, ending, abort, trial };
}

const READY: SupervisorMessage = {
  kind: "observation",
  container: 0,
  observation: { phase: "read-only", root: "read-only", ms: 1, kind: "ready", by: "port", afterMs: 1 },
};

test("the replica begins when the first start is over", async () => {
  const { pods, saying, ending, trial } = begun(true);
  await setImmediate();
  expect(pods).toEqual(["main", "writable"]);
  saying.get("main")?.(READY);
  await setImmediate();
  expect(pods).toEqual(["main", "writable", "replica"]);
  for (const end of ending.values()) end();
  await trial;
});

test("without memory for a third pod the first one runs the writable phase", async () => {
  const { pods, saying, ending, trial } = begun(false);
  await setImmediate();
  saying.get("main")?.(READY);
  await setImmediate();
  expect(pods).toEqual(["main", "replica"]);
  for (const end of ending.values()) end();
  await trial;
});

test("who is asked to stop begins no other pod", async () => {
  const { pods, abort, trial } = begun(true);
  await setImmediate();
  const reason = new Error("SIGTERM");
  abort.abort(reason);
  await expect(trial).rejects.toBe(reason);
  await setImmediate();
  expect(pods).toEqual(["main", "writable"]);
});
