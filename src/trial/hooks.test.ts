import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, runDriver } from "../../test/fixtures/trial/mode.ts";
import type { TrialRequest } from "../../test/fixtures/trial/request.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject, request } from "../../test/fixtures/trial/subject.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import type { HookPlan } from "./plan/plan.ts";

const exec = (code: number): HookPlan => ({ exec: ["/app/subject", "probe", `${code}`] });
const http = (port: number, scheme: "http" | "https" = "http"): HookPlan => ({
  http: { port, path: "/drain", scheme, headers: {} },
});
const HANGS: HookPlan = { exec: ["/app/subject", "worker"] };

describe.each(MODES)("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function trial(
    hooks: NonNullable<TrialRequest["hooks"]>,
    args: readonly string[] = ["serve"],
    changes: Partial<TrialRequest> = {},
  ): Promise<TrialFacts> {
    const waits = { readyMs: 2_000, settleMs: 50, graceMs: 1_000, deadlineMs: 30_000 };
    return runDriver(mode, request(subject.layers, args, { hooks, waits, ...changes }));
  }

  test("both run: postStart at each start, preStop before each stop", async () => {
    const facts = await trial({ postStart: exec(0), preStop: exec(0) });
    const told = seen(facts, "hook").map(({ phase, hook, does, ok }) => `${phase} ${hook} ${does} ${ok}`);
    expect(told.toSorted()).toEqual([
      "read-only postStart exec true",
      "replica postStart exec true",
      "restart postStart exec true",
      "restart preStop exec true",
      "writable postStart exec true",
      "writable preStop exec true",
    ]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
    const [preStop, exit] = facts.observations.filter(
      (one) =>
        one.phase === "restart" && (one.kind === "exit" || (one.kind === "hook" && one.hook === "preStop")),
    );
    expect([preStop?.kind, exit?.kind]).toEqual(["hook", "exit"]);
  });

  test("what fails is told, and goes on", async () => {
    const facts = await trial({ postStart: exec(3), preStop: { exec: ["/nowhere"] } });
    expect(seen(facts, "hook", "restart")).toMatchObject([
      { hook: "postStart", ok: false, error: "exit 3" },
      { hook: "preStop", ok: false, error: expect.stringMatching(/^exit \d+/) },
    ]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
  });

  test("an answer is enough for httpGet, whatever its status, and without TLS", async () => {
    const facts = await trial({ preStop: http(8080, "https") });
    expect(seen(facts, "hook", "restart")).toMatchObject([{ does: "http", ok: true }]);
    const refused = await trial({ preStop: http(9) });
    expect(seen(refused, "hook", "restart")).toMatchObject([{ ok: false, error: "ECONNREFUSED" }]);
  });

  test("preStop sleeps within the grace period, once, and the stop has what is left", async () => {
    const facts = await trial({ preStop: { sleepMs: 300 } }, ["ignores-term"]);
    const [hook, ...others] = seen(facts, "hook", "restart");
    expect([hook, others]).toMatchObject([{ phase: "restart", does: "sleep", ok: true }, []]);
    expect(hook?.tookMs).toBeGreaterThanOrEqual(299);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", forced: true }]);
    const polite = await trial({ preStop: { sleepMs: 300 } });
    expect(seen(polite, "hook", "restart")).toHaveLength(1);
    expect(seen(polite, "exit", "writable")).toMatchObject([{ by: "stop", code: 0 }]);
  });

  test.each<[string, HookPlan]>([
    ["sleeps", { sleepMs: 60_000 }],
    ["does not end", HANGS],
  ])("a preStop that %s is cut with the grace period, then the signal comes", async (_, preStop) => {
    const facts = await trial({ preStop }, ["serve"], {
      waits: { readyMs: 2_000, settleMs: 50, graceMs: 400 },
    });
    const [hook] = seen(facts, "hook", "restart");
    expect(hook).toMatchObject({ hook: "preStop", ok: false, error: "timeout" });
    expect(hook?.tookMs).toBeLessThan(2_000);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
  });

  test("a postStart that does not end is cut with the time of the start", async () => {
    const facts = await trial({ postStart: HANGS }, ["serve"], {
      waits: { readyMs: 500, settleMs: 50, graceMs: 300 },
    });
    expect(seen(facts, "hook", "read-only")).toMatchObject([
      { hook: "postStart", ok: false, error: "timeout" },
    ]);
    expect(seen(facts, "ready", "read-only")[0]?.afterMs).toBeGreaterThanOrEqual(500);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
  });

  test("who stops because preStop asks it to has stopped when asked", async () => {
    const facts = await trial({ preStop: { exec: ["/app/subject", "asks-to-stop"] } });
    expect(seen(facts, "hook", "restart")).toMatchObject([{ hook: "preStop", ok: false, error: "ended" }]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
  });

  test("who ends while a hook runs is not held up by it", async () => {
    const facts = await trial({ postStart: { sleepMs: 60_000 } }, ["exit", "0"], { lifetime: "batch" });
    expect(seen(facts, "hook", "read-only")).toMatchObject([{ ok: false, error: "ended" }]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "itself", code: 0 }]);
    expect(facts.durationMs).toBeLessThan(15_000);
  });
});
